package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.wal.LogRecord;
import io.github.rowsleuth.postgres.wal.TransactionAssembly;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.Lsn;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the log part by part, the oldest first, until it ends or the time does. Keeps no record. */
final class LogReading {

    private static final String CANCELLED = "57014";
    private static final String NO_RECORD = "XX000";

    /** So much fits into the memory that a server gives to one step of a query, before it would write to its disk. */
    private static final long PART = 2L << 20;

    private static final long LONGEST_PART = 1L << 30;
    /** A transaction must not last; from version 17 on the session itself sees to that. */
    private static final Duration RENEWAL = Duration.ofSeconds(5);

    private final Session session;
    private final LogReader reader;
    private final TransactionAssembly assembly;
    private final long segmentSize;
    private final Lsn end;
    private final Instant stop;
    private final List<Lsn> starts = new ArrayList<>();
    private Lsn at;
    private boolean late;
    private Optional<Lsn> skippedFrom = Optional.empty();
    private Optional<Lsn> skippedTo = Optional.empty();

    LogReading(
            Session session,
            LogReader reader,
            TransactionAssembly assembly,
            long segmentSize,
            Lsn from,
            Lsn end,
            Instant stop) {
        this.session = session;
        this.reader = reader;
        this.assembly = assembly;
        this.segmentSize = segmentSize;
        this.at = from;
        this.end = end;
        this.stop = stop;
    }

    void read() throws SQLException, ProbeUnavailableException, InterruptedException {
        Instant renewal = now().plus(RENEWAL);
        long length = PART;
        boolean more = at.compareTo(end) < 0;
        while (more && !late) {
            if (now().isAfter(renewal)) {
                session.renew();
                renewal = now().plus(RENEWAL);
            }
            Lsn to = upTo(length);
            boolean nothing = part(to);
            // A record can be longer than a part; at the end there may be only the beginning of one.
            length = nothing ? Math.min(LONGEST_PART, length * 2) : PART;
            more = at.compareTo(end) < 0 && !(nothing && to.equals(end));
            late |= !now().isBefore(stop) && more;
        }
        report();
    }

    private Instant now() {
        return session.examination().clock().instant();
    }

    /** Whether no record began and ended there. */
    private boolean part(Lsn to) throws SQLException, ProbeUnavailableException, InterruptedException {
        Session.Attempt<LogRecord> part = reader.part(at, to);
        if (!part.rows().isEmpty()) {
            assembly.add(part.rows());
            starts.add(at);
            at = part.rows().stream().map(LogRecord::upto).max(Lsn::compareTo).orElse(to);
            return false;
        }
        boolean endless = part.failedWith(NO_RECORD) && to.equals(end);
        if (part.state().isEmpty() || endless) {
            return true;
        }
        late = part.failedWith(CANCELLED);
        if (!late) {
            skip();
        }
        return false;
    }

    private Lsn upTo(long length) {
        Lsn to = new Lsn(at.position() + length);
        return to.compareTo(end) < 0 ? to : end;
    }

    /** Goes on with the next file: the server removes the oldest first. */
    private void skip() {
        Lsn next = new Lsn((Long.divideUnsigned(at.position(), segmentSize) + 1) * segmentSize);
        skippedFrom = skippedFrom.or(() -> Optional.of(at));
        skippedTo = Optional.of(next);
        at = next;
    }

    private void report() {
        Examination examination = session.examination();
        skippedFrom.ifPresent(from -> examination.gap(
                "the write-ahead log could not be read from " + from + " to "
                        + skippedTo.map(Lsn::toString).orElse(""),
                "transactions that wrote there are missing, or their rows are counted in part: the server removed these"
                        + " files meanwhile, or they are damaged",
                "ask again at once, because the oldest files go first; a replication slot or wal_keep_size keeps what is"
                        + " left; look for these files in the archive"));
        if (late) {
            examination.gap(
                    "the write-ahead log was read up to " + at + " only, of " + end,
                    "later transactions are missing",
                    "allow more time with probeDeadline(…), or name the time of the loss with lostBetween(…)");
        }
    }

    /** Where each part began, in order: positions at which a record begins. */
    List<Lsn> starts() {
        return starts;
    }

    /** How far it came. */
    Lsn upto() {
        return at;
    }

    /** Whether nothing between the beginning and the end is missing. */
    boolean complete() {
        return !late && skippedFrom.isEmpty();
    }
}
