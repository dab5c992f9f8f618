package io.github.rowsleuth.probe;

/** What the cumulative statistics counted, which survives the data. A lambda will do. */
@FunctionalInterface
public interface DeletionStatsProbe extends Probe<DeletionStats> {

    @Override
    default Class<DeletionStats> answerType() {
        return DeletionStats.class;
    }
}
