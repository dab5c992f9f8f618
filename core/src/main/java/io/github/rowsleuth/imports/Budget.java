package io.github.rowsleuth.imports;

import io.github.rowsleuth.probe.Examination;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time for reading; it ends before the deadline, so that there is still an answer of what was read.
 *
 * @param clock tells the time
 * @param end when it is used up
 */
record Budget(InstantSource clock, Instant end) {

    /**
     * A share of the time that is left.
     *
     * @param examination whose time it is
     * @param share between 0 and 1
     */
    static Budget of(Examination examination, double share) {
        long millis = (long) (examination.remaining().toMillis() * share);
        return new Budget(examination.clock(), examination.clock().instant().plusMillis(millis));
    }

    /** Whether it is used up; ends the reading of whoever is interrupted. */
    boolean spent() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        return clock.instant().isAfter(end);
    }
}
