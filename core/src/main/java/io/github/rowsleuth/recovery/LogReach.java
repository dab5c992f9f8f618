package io.github.rowsleuth.recovery;

import io.github.rowsleuth.recovery.LogArchive.Run;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.Lsn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which log there is to recover with: what is still in {@code pg_wal}, and what archives hold.
 *
 * @param now what is in {@code pg_wal}
 * @param archives the archives
 */
record LogReach(Optional<WriteAheadLog> now, List<LogArchive> archives) {

    private static final Lsn LAST = new Lsn(-1);

    /**
     * Where the log breaks off on the way from one position to another. After a promotion the log goes on on a higher
     * timeline, which recovery follows (recovery_target_timeline); it never goes back to a lower one.
     *
     * @param from where recovery begins
     * @param to the last position that is needed
     * @return the first position that is missing; empty where all is there
     */
    Optional<Lsn> firstMissing(Lsn from, Lsn to) {
        List<Run> stretches = stretches();
        Lsn at = from;
        int timeline = 0;
        while (at.compareTo(to) <= 0) {
            Optional<Run> next = next(stretches, at, timeline);
            if (next.isEmpty()) {
                return Optional.of(at);
            }
            if (next.get().to().equals(LAST)) {
                return Optional.empty();
            }
            at = next.get().to();
            timeline = next.get().timeline();
        }
        return Optional.empty();
    }

    private static Optional<Run> next(List<Run> stretches, Lsn at, int timeline) {
        return stretches.stream()
                .filter(r -> r.timeline() >= timeline)
                .filter(r -> r.from().compareTo(at) <= 0 && r.to().compareTo(at) > 0)
                .max(Comparator.comparing(Run::to));
    }

    /** Whether it is known at all which log there is. */
    boolean known() {
        return !archives.isEmpty() || now.flatMap(WriteAheadLog::oldest).isPresent();
    }

    /** Files are never taken out of the middle of pg_wal. */
    private List<Run> stretches() {
        List<Run> stretches = new ArrayList<>();
        archives.forEach(a -> stretches.addAll(a.runs()));
        now.flatMap(WriteAheadLog::oldest).ifPresent(oldest -> stretches.add(new Run(Integer.MAX_VALUE, oldest, LAST)));
        return stretches;
    }

    /** The archives in words. */
    String where() {
        return String.join(
                ", ",
                archives.stream()
                        .map(a -> a.folder() + " (" + a.files() + " files)")
                        .toList());
    }
}
