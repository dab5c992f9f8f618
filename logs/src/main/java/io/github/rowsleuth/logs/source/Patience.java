package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.probe.Examination;
import java.io.InterruptedIOException;
import java.time.Duration;

/** The time that a probe has, less what it needs to hand in what it found. */
public final class Patience {

    private static final Duration GREATEST_MARGIN = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final long until;

    private Patience(long until) {
        this.until = until;
    }

    /** {@return the time that a probe has} */
    public static Patience of(Examination examination) {
        Duration left = examination.remaining();
        Duration fifth = left.dividedBy(5);
        Duration margin = fifth.compareTo(GREATEST_MARGIN) < 0 ? fifth : GREATEST_MARGIN;
        return lasting(left.minus(margin));
    }

    /** {@return so much time from now on} */
    public static Patience lasting(Duration time) {
        Duration bounded = time.compareTo(LONGEST) < 0 ? time : LONGEST;
        return new Patience(System.nanoTime() + bounded.toNanos());
    }

    /** {@return the nanoseconds that are left, 0 if none} */
    public long left() {
        return Math.max(0, until - System.nanoTime());
    }

    /** Throws if the time is over or the thread was interrupted. */
    public void check() throws IncompleteLogException, InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        if (left() == 0) {
            throw outOfTime();
        }
    }

    /** {@return the end of it} */
    public static IncompleteLogException outOfTime() {
        return new IncompleteLogException(
                "the end of the log: the deadline came first",
                "what it says after the last line that was read is not known",
                "give the investigation a later deadline, or the part of the log that covers the loss");
    }
}
