package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.Lsn;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of the write-ahead log that still lie in {@code pg_wal} one after the other, up to the one that is written
 * now. Files with later names were recycled, and wait to be written.
 *
 * @param oldest where the oldest of them begins
 * @param oldestWritten when it was last written
 * @param count how many there are
 */
record LogFiles(Lsn oldest, Instant oldestWritten, int count) {

    private static final Query FILES = new Query("""
            select name, modification
              from pg_ls_waldir()
             where name ~ '^[0-9A-F]{24}$'
             order by name collate "C\"""", "pg_ls_waldir()", "pg_monitor");

    private static final int TIMELINE_DIGITS = 8;
    private static final int HALF_DIGITS = 16;
    private static final long LOG = 1L << 32;

    /** A file by the name that src/include/access/xlog_internal.h, XLogFileName, gives it. */
    record File(String name, Instant written) {

        private static File of(Row row) throws SQLException {
            return new File(row.text("name"), row.instant("modification").orElse(Instant.EPOCH));
        }

        /** Counted from the beginning of the log; the same on every timeline. */
        long number(long segmentSize) {
            long log = Long.parseLong(name.substring(TIMELINE_DIGITS, HALF_DIGITS), 16);
            return log * (LOG / segmentSize) + Long.parseLong(name.substring(HALF_DIGITS), 16);
        }
    }

    /** Empty, with a gap, where the role may not list the directory. */
    static Optional<LogFiles> read(Session session, Lsn now, long segmentSize)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rowsOrGap(FILES, "how far back the write-ahead log reaches is unknown", File::of)
                .flatMap(files -> of(files, now, segmentSize));
    }

    /** Empty where the role may not list the directory. */
    static Optional<LogFiles> ifAllowed(Session session, Lsn now, long segmentSize)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return of(session.attempt(FILES, File::of).rows(), now, segmentSize);
    }

    static Optional<LogFiles> of(List<File> files, Lsn now, long segmentSize) {
        Map<Long, Instant> written = new TreeMap<>();
        files.forEach(file -> written.put(file.number(segmentSize), file.written()));
        long current = Long.divideUnsigned(now.position(), segmentSize);
        // At the very end of a file the next one need not be there yet.
        long number = written.containsKey(current) ? current : current - 1;
        int count = 0;
        while (written.containsKey(number)) {
            count++;
            number--;
        }
        long oldest = number + 1;
        return count == 0
                ? Optional.empty()
                : Optional.of(new LogFiles(
                        new Lsn(oldest * segmentSize), written.getOrDefault(oldest, Instant.EPOCH), count));
    }
}
