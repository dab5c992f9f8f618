package io.github.rowsleuth.imports;

import io.github.rowsleuth.probe.Examination;
import java.io.InterruptedIOException;
import java.time.Instant;

/** The time for reading; it ends before the deadline, so that there is still an answer of what was read. */
final class Budget {

    private final Examination examination;
    private final Instant end;

    /**
     * A share of the time that is left.
     *
     * @param share between 0 and 1
     */
    Budget(Examination examination, double share) {
        this.examination = examination;
        this.end = examination.clock().instant().plusMillis((long)
                (examination.remaining().toMillis() * share));
    }

    /** Whether it is used up; ends the reading of whoever is interrupted. */
    boolean spent() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        return examination.clock().instant().isAfter(end);
    }
}
