package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.transaction.Lsn;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files that were created before their transaction had an id: the first file of a subtransaction that need not lock, or of
 * any transaction at {@code wal_level = minimal}, which logs no locks.
 */
final class UnownedFiles {

    /** How many may wait for their transaction. */
    private static final int MOST = 10_000;

    private final NavigableMap<Lsn, FileId> files = new TreeMap<>();
    private Optional<Lsn> previousEnd = Optional.empty();

    void created(Lsn at, FileId file) {
        files.put(at, file);
        if (files.size() > MOST) {
            files.pollFirstEntry();
        }
    }

    /** A transaction ended. */
    void ended(Lsn at) {
        previousEnd = Optional.of(at);
    }

    /** Gives a transaction that ends there the files that it must have created. */
    void adopt(Writes writes, List<FileId> removed, List<Long> dropped, Lsn end) {
        Lsn first = writes.first().orElse(end);
        // Before its first record only what no other transaction can have made that has ended since.
        Lsn from = Optional.ofNullable(files.lowerKey(first))
                .filter(before ->
                        previousEnd.filter(e -> e.compareTo(before) > 0).isEmpty())
                .orElse(first);
        int missing = removed.size() - dropped.size() - writes.created.size();
        List<Map.Entry<Lsn, FileId>> candidates = removed.isEmpty() || from.compareTo(end) >= 0
                ? List.of()
                : List.copyOf(
                        files.subMap(from, true, end, false).descendingMap().entrySet());
        for (Map.Entry<Lsn, FileId> candidate : candidates) {
            boolean born = dropped.contains(candidate.getValue().number());
            if (born || missing-- > 0) {
                writes.created.add(new Writes.Event<>(candidate.getKey(), candidate.getValue()));
                files.remove(candidate.getKey());
            }
        }
    }
}
