package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.transaction.Lsn;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which records removed deleted rows from their pages for good, after the first deletion from the same file. */
public final class PageLosses {

    /**
     * Records of one type that removed rows from the pages of one file.
     *
     * @param file the file
     * @param type the record type, such as {@code PRUNE_ON_ACCESS}
     * @param byWriter whether transactions that wrote did it, not readers or vacuum
     * @param pages how many records, one for each page; at least
     * @param first where the first of them begins
     */
    public record Loss(FileId file, String type, boolean byWriter, long pages, Lsn first) {

        private Loss and(Loss later) {
            return new Loss(file, type, byWriter, pages + later.pages, first);
        }
    }

    private record Key(FileId file, String type, boolean byWriter) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::file).thenComparing(Key::type).thenComparing(Key::byWriter);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<FileId, Lsn> firstDeleted = new TreeMap<>();
    private final Map<Key, Loss> losses = new TreeMap<>();

    void deleted(FileId file, Lsn at) {
        firstDeleted.merge(file, at, (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }

    /**
     * Takes in records that were counted together, after the deletions from the same part of the log. The detail is
     * {@code writer} where they name a transaction.
     */
    void pruned(FileId file, LogRecord counted) {
        Lsn deleted = firstDeleted.getOrDefault(file, counted.last());
        if (counted.last().compareTo(deleted) > 0) {
            // Of those that were counted together across the deletion, only the last is surely after it.
            boolean all = counted.first().compareTo(deleted) > 0;
            Key key = new Key(file, counted.type(), counted.detail().equals("writer"));
            Loss loss = new Loss(
                    file,
                    key.type(),
                    key.byWriter(),
                    all ? counted.count() : 1,
                    all ? counted.first() : counted.last());
            losses.merge(key, loss, Loss::and);
        }
    }

    /** {@return what was removed after the first deletion from the same file, by file} */
    public List<Loss> afterDeletion() {
        return List.copyOf(losses.values());
    }
}
