package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.probe.StatementEnd;

/** How a statement ended, as far as the records up to now tell. */
public enum End {
    /** Not known yet. */
    OPEN(StatementEnd.UNKNOWN),
    /** It ended without an error, outside of any block that the log shows. */
    SUCCEEDED(StatementEnd.UNKNOWN),
    /** The log can not tell. */
    DOUBTFUL(StatementEnd.UNKNOWN),
    /** Its block was committed. */
    COMMITTED(StatementEnd.COMMITTED),
    /** Its block was rolled back, or the session ended in it. */
    ROLLED_BACK(StatementEnd.ROLLED_BACK),
    /** It raised an error. */
    FAILED(StatementEnd.FAILED);

    private final StatementEnd statementEnd;

    End(StatementEnd statementEnd) {
        this.statementEnd = statementEnd;
    }

    /**
     * {@return what that is for somebody who reads the answer}
     *
     * @param showsTransactions whether the log shows where transactions begin: then a statement that succeeded outside
     *     of all of them was committed
     */
    public StatementEnd answer(boolean showsTransactions) {
        return this == SUCCEEDED && showsTransactions ? StatementEnd.COMMITTED : statementEnd;
    }

    boolean isOpen() {
        return this == OPEN || this == SUCCEEDED;
    }
}
