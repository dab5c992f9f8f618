package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.transaction.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one transaction or subtransaction wrote until now. */
final class Writes {

    /** Something that happened to a relation at a position of the log. */
    record Event<T>(Lsn at, T what) {}

    final Map<FileId, Long> deleted = new TreeMap<>();
    final List<Event<FileId>> created = new ArrayList<>();
    /** Rows deleted from {@code pg_class}, {@code pg_index} and {@code pg_type}. */
    final List<Event<LogRecord.Kind>> undefined = new ArrayList<>();

    final Set<Long> locked = new TreeSet<>();
    final Set<Long> truncated = new TreeSet<>();
    final Set<Long> droppedDatabases = new TreeSet<>();
    private Optional<Lsn> first = Optional.empty();
    private Optional<Lsn> last = Optional.empty();

    void at(Lsn from, Lsn to) {
        first = Optional.of(first.filter(f -> f.compareTo(from) < 0).orElse(from));
        last = Optional.of(last.filter(l -> l.compareTo(to) > 0).orElse(to));
    }

    Optional<Lsn> first() {
        return first;
    }

    Optional<Lsn> last() {
        return last;
    }

    void merge(Writes sub) {
        sub.deleted.forEach((file, rows) -> deleted.merge(file, rows, Long::sum));
        created.addAll(sub.created);
        undefined.addAll(sub.undefined);
        locked.addAll(sub.locked);
        truncated.addAll(sub.truncated);
        droppedDatabases.addAll(sub.droppedDatabases);
        sub.first.ifPresent(f -> at(f, sub.last.orElse(f)));
    }

    /** Whether it may have taken rows away, had it committed. */
    boolean removes() {
        return !deleted.isEmpty() || !truncated.isEmpty() || !droppedDatabases.isEmpty();
    }

    /** Whether it changed which files there are, or which relations. */
    boolean defines() {
        return !created.isEmpty() || !undefined.isEmpty();
    }

    long rows() {
        return deleted.values().stream().mapToLong(Long::longValue).sum();
    }
}
