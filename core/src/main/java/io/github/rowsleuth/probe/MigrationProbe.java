package io.github.rowsleuth.probe;

/** Which migrations there are and what they destroy, up and down. A lambda will do. */
@FunctionalInterface
public interface MigrationProbe extends Probe<Migrations> {

    @Override
    default Class<Migrations> answerType() {
        return Migrations.class;
    }
}
