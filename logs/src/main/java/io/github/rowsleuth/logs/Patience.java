package io.github.rowsleuth.logs;

import io.github.rowsleuth.probe.Examination;
import java.io.InterruptedIOException;
import java.time.Duration;

/** The time that a probe has, less what it needs to hand in what it found. */
final class Patience {

    private static final Duration GREATEST_MARGIN = Duration.ofSeconds(2);

    private final long until;

    private Patience(long until) {
        this.until = until;
    }

    static Patience of(Examination examination) {
        Duration left = examination.remaining();
        Duration fifth = left.dividedBy(5);
        Duration margin = fifth.compareTo(GREATEST_MARGIN) < 0 ? fifth : GREATEST_MARGIN;
        Duration budget =
                left.minus(margin).compareTo(Duration.ofDays(1)) < 0 ? left.minus(margin) : Duration.ofDays(1);
        return new Patience(System.nanoTime() + budget.toNanos());
    }

    /** {@return the nanoseconds that are left, 0 if none} */
    long left() {
        return Math.max(0, until - System.nanoTime());
    }

    /** Throws if the time is over or the thread was interrupted. */
    void check() throws IncompleteLogException, InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        if (left() == 0) {
            throw outOfTime();
        }
    }

    static IncompleteLogException outOfTime() {
        return new IncompleteLogException(
                "the end of the log: the deadline came first",
                "what it says after the last line that was read is not known",
                "give the investigation a later deadline, or the part of the log that covers the loss");
    }
}
