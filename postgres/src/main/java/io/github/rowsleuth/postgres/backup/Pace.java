package io.github.rowsleuth.postgres.backup;

import io.github.rowsleuth.probe.Examination;
import java.io.InterruptedIOException;

/** Ends long reading when the deadline has come or somebody interrupts. */
record Pace(Examination examination) {

    /** To be called now and then. */
    void step() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        if (examination.remaining().isZero()) {
            throw new InterruptedIOException("the deadline came first");
        }
    }
}
