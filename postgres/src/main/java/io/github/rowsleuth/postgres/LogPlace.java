package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.Lsn;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds where in the log to begin. The log may be far longer than the time that matters, so the place is looked for by
 * halves, reading only a little of a file each time.
 */
final class LogPlace {

    private static final String REMOVED = "58P01";

    /** A log of this length is read as a whole. */
    private static final long SHORT = 64L << 20;
    /** How much of a file is read at first to find the end of a transaction, and at most. */
    private static final long SIP = 256L << 10;

    private static final long GULP = 16L << 20;
    /** Clocks may be off, and ends are not quite in the order of their times. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final LogReader reader;
    private final long size;
    private final Lsn end;

    LogPlace(LogReader reader, long segmentSize, Lsn end) {
        this.reader = reader;
        this.size = segmentSize;
        this.end = end;
    }

    /**
     * Where to begin.
     *
     * @param oldest the oldest position that there is
     * @param from where reading begins: there, or later if the incident is
     */
    record Found(Lsn oldest, Lsn from) {}

    /**
     * Finds it.
     *
     * @param listed the oldest position by the list of files, where the role may see it
     * @param redo a position that is surely there
     */
    Found find(Optional<Lsn> listed, Lsn redo, Optional<Instant> notBefore)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Optional<Instant> bound = notBefore.map(at -> at.minus(MARGIN));
        long last = segment(new Lsn(Math.max(0, end.position() - 1)));
        long oldest = listed.map(this::segment).orElse(Long.MIN_VALUE);
        if (listed.isEmpty()) {
            oldest = groping(segment(redo), bound);
        }
        long from = oldest;
        if (bound.isPresent() && (last - oldest) * size > SHORT) {
            // One file more, so that short transactions are there from their beginning.
            from = Math.max(oldest, halving(oldest, last, bound.get()) - 1);
        }
        return new Found(new Lsn(oldest * size), new Lsn(from * size));
    }

    private long segment(Lsn lsn) {
        return Long.divideUnsigned(lsn.position(), size);
    }

    /** The last file that begins before that time; the oldest where none does. */
    private long halving(long oldest, long last, Instant bound)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        long low = oldest;
        long high = last;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (beginsBefore(middle, bound)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Steps back until the time is early enough or a file is missing, then halves. Each miss is a line in the log. */
    private long groping(long redo, Optional<Instant> bound)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        long there = redo;
        long missing = 0;
        for (long step = 1; there > 1 && missing == 0; step *= 2) {
            long candidate = Math.max(1, there - step);
            if (exists(candidate)) {
                there = candidate;
                if (bound.isPresent() && beginsBefore(candidate, bound.get())) {
                    return candidate;
                }
            } else {
                missing = candidate;
            }
        }
        while (there - missing > 1 && missing > 0) {
            long middle = missing + (there - missing) / 2;
            if (exists(middle)) {
                there = middle;
            } else {
                missing = middle;
            }
        }
        return there;
    }

    private boolean exists(long segment) throws SQLException, ProbeUnavailableException, InterruptedException {
        Lsn from = new Lsn(segment * size);
        return !reader.firstEnd(from, upTo(from, SIP)).failedWith(REMOVED);
    }

    /** Where no transaction ends in the whole file, the one before will tell. */
    private boolean beginsBefore(long segment, Instant bound)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Lsn from = new Lsn(segment * size);
        for (long length = SIP; ; length *= 4) {
            Lsn to = upTo(from, length);
            Session.Attempt<Instant> first = reader.firstEnd(from, to);
            if (!first.rows().isEmpty()) {
                return first.rows().get(0).isBefore(bound);
            }
            if (length >= GULP || to.equals(end)) {
                return false;
            }
        }
    }

    private Lsn upTo(Lsn from, long length) {
        Lsn to = new Lsn(from.position() + length);
        return to.compareTo(end) < 0 ? to : end;
    }
}
