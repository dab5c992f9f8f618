package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.RowCounts;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.transaction.DeadRows;
import java.util.List;

/** Counts rows by reading tables, last of all probes. */
final class RowCounter implements Probe<RowCounts> {

    private final Sessions sessions;

    RowCounter(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return "postgres.row-counts";
    }

    @Override
    public Class<RowCounts> answerType() {
        return RowCounts.class;
    }

    @Override
    public Volatility volatility() {
        return Volatility.SCAN;
    }

    @Override
    public List<Class<?>> buildsOn() {
        return List.of(DeadRows.class);
    }

    @Override
    public RowCounts examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, session -> RowCounting.of(session));
    }
}
