package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.transaction.DeadRows;

/** Dead rows, from raw pages alone. */
final class DeadRowsOnPages implements Probe<DeadRows> {

    private final Sessions sessions;
    private final PageOptions options;

    DeadRowsOnPages(Sessions sessions, PageOptions options) {
        this.sessions = sessions;
        this.options = options;
    }

    @Override
    public String id() {
        return "postgres.dead-rows";
    }

    @Override
    public Class<DeadRows> answerType() {
        return DeadRows.class;
    }

    @Override
    public Volatility volatility() {
        return Volatility.PAGES;
    }

    @Override
    public DeadRows examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, session -> PageExamination.of(session, options));
    }
}
