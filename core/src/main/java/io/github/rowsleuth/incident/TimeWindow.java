package io.github.rowsleuth.incident;

import java.time.Instant;
import java.util.Optional;

/**
 * The time in which the loss is believed to have happened, open at an end that nobody knows.
 *
 * @param notBefore the rows were still there at this instant
 * @param notAfter the rows were gone at this instant
 */
public record TimeWindow(Optional<Instant> notBefore, Optional<Instant> notAfter) {

    /** The window of somebody who knows nothing yet. */
    public static final TimeWindow UNKNOWN = new TimeWindow(Optional.empty(), Optional.empty());

    /** Refuses a window that ends before it begins. */
    public TimeWindow {
        if (notBefore.isPresent() && notAfter.isPresent() && notAfter.get().isBefore(notBefore.get())) {
            throw new IllegalArgumentException("the window is reversed: it begins at " + notBefore.get()
                    + " and ends before that, at " + notAfter.get() + "; give the earlier instant first");
        }
    }

    /**
     * {@return the window between two instants}
     *
     * @param notBefore the rows were still there
     * @param notAfter the rows were gone
     */
    public static TimeWindow between(Instant notBefore, Instant notAfter) {
        return new TimeWindow(Optional.of(notBefore), Optional.of(notAfter));
    }

    /**
     * {@return whether the instant can lie in this window}
     *
     * @param instant any instant
     */
    public boolean contains(Instant instant) {
        return notBefore.filter(instant::isBefore).isEmpty()
                && notAfter.filter(instant::isAfter).isEmpty();
    }

    @Override
    public String toString() {
        return notBefore.map(i -> "after " + i).orElse("after an unknown time") + ", "
                + notAfter.map(i -> "before " + i).orElse("until now");
    }
}
