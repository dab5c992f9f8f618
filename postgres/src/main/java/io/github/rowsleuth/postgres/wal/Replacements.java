package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.postgres.wal.LogRecord.Kind;
import io.github.rowsleuth.transaction.Lsn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What became of each file that a transaction gave up, told from the files it created and the relations it dropped, and
 * never from their numbers: those differ with every mix of statements.
 *
 * <p>A relation is born with a file whose number is its oid (src/backend/catalog/heap.c, heap_create_with_catalog). A
 * rewrite makes such a relation, swaps the files and drops it with the old file: the new file bears the number of a
 * relation that was dropped, and stays. TRUNCATE merely makes another file (src/backend/utils/cache/relcache.c,
 * RelationSetNewRelfilenumber). Files are given up in the order in which that happens.
 */
final class Replacements {

    /** What became of a file that was given up. */
    sealed interface Fate permits Replaced, Rewritten, Dropped, Unknown {}

    /** Another file took its place, without a row: TRUNCATE, REINDEX, or a move to another tablespace. */
    record Replaced(FileId by) implements Fate {}

    /** Its rows were written to another file, which took its place. */
    record Rewritten(FileId to) implements Fate {}

    /** It went with its relation. */
    record Dropped(long oid) implements Fate {}

    /** The records do not tell. */
    record Unknown() implements Fate {}

    /**
     * A file that was given up.
     *
     * @param file the file
     * @param fate what became of it
     */
    record Given(FileId file, Fate fate) {}

    private record Step(Lsn at, Fate fate) {}

    private final LoggedTransaction transaction;
    private final Writes writes;
    private final Set<Long> dropped;
    private final Set<FileId> removed;
    private final Knowledge known;

    private Replacements(LoggedTransaction transaction, Knowledge known) {
        this.transaction = transaction;
        this.writes = transaction.writes();
        this.dropped = new HashSet<>(transaction.dropped());
        this.removed = new HashSet<>(transaction.removed());
        this.known = known;
    }

    /** What is known of files and relations besides the transaction. */
    interface Knowledge {

        /** {@return the oid of the relation that has or had that file} */
        Optional<Long> ownerOf(FileId file);

        /** {@return whether that relation has no file: a view, a partitioned table} */
        boolean fileless(long oid);
    }

    /** In the order in which they were given up. */
    static List<Given> of(LoggedTransaction transaction, Knowledge known) {
        return new Replacements(transaction, known).given();
    }

    private List<Given> given() {
        List<Step> steps = new ArrayList<>();
        for (Writes.Event<FileId> created : writes.created) {
            FileId file = created.what();
            boolean born = dropped.contains(file.number())
                    || writes.locked.contains(file.number())
                    || known.ownerOf(file).filter(oid -> oid == file.number()).isPresent();
            if (!born) {
                steps.add(new Step(created.at(), new Replaced(file)));
            }
        }
        steps.addAll(drops());
        steps.sort(Comparator.comparing(Step::at));
        if (steps.size() > transaction.removed().size()) {
            steps.removeIf(step -> step.fate() instanceof Dropped gone && known.fileless(gone.oid()));
        }
        if (steps.size() > transaction.removed().size()) {
            removeFileless(steps);
        }
        return steps.size() == transaction.removed().size() ? inOrder(steps) : byNumber(steps);
    }

    /** A view, a partitioned or a temporary table is dropped without a file here; it has a row type. */
    private void removeFileless(List<Step> steps) {
        Set<Long> numbers = transaction.removed().stream().map(FileId::number).collect(Collectors.toSet());
        Map<Long, Relation.Kind> kinds = kinds(transaction);
        Predicate<Step> candidate = step -> step.fate() instanceof Dropped gone
                && !numbers.contains(gone.oid())
                && kinds.getOrDefault(gone.oid(), Relation.Kind.TABLE) == Relation.Kind.TABLE;
        int excess = steps.size() - transaction.removed().size();
        if (steps.stream().filter(candidate).count() == excess) {
            steps.removeIf(candidate);
        }
    }

    private List<Given> inOrder(List<Step> steps) {
        List<Given> given = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            given.add(new Given(transaction.removed().get(i), steps.get(i).fate()));
        }
        return given;
    }

    /** One step for each relation that was dropped, if their number is that of the rows that left {@code pg_class}. */
    private List<Step> drops() {
        List<Writes.Event<Kind>> rows =
                undefined(writes).stream().filter(e -> e.what() == Kind.CLASS).toList();
        List<Step> steps = new ArrayList<>();
        if (rows.size() == transaction.dropped().size()) {
            for (int i = 0; i < rows.size(); i++) {
                steps.add(
                        new Step(rows.get(i).at(), dropped(transaction.dropped().get(i))));
            }
        }
        return steps;
    }

    private static List<Writes.Event<Kind>> undefined(Writes writes) {
        return writes.undefined.stream()
                .sorted(Comparator.comparing(Writes.Event::at))
                .toList();
    }

    private Fate dropped(long oid) {
        return writes.created.stream()
                .map(Writes.Event::what)
                .filter(file -> file.number() == oid && !removed.contains(file))
                .findFirst()
                .<Fate>map(Rewritten::new)
                .orElseGet(() -> new Dropped(oid));
    }

    /** Then only files are sure whose relation is known, or as old as they are. */
    private List<Given> byNumber(List<Step> steps) {
        Map<FileId, Fate> fates = new HashMap<>();
        for (FileId file : transaction.removed()) {
            Optional<Long> owner = known.ownerOf(file).filter(dropped::contains);
            if (owner.isPresent()) {
                fates.put(file, new Dropped(owner.get()));
            } else if (dropped.contains(file.number())) {
                fates.put(file, new Dropped(file.number()));
            }
        }
        List<FileId> rest = transaction.removed().stream()
                .filter(f -> !fates.containsKey(f))
                .toList();
        List<Fate> replaced = steps.stream()
                .map(Step::fate)
                .filter(fate -> fate instanceof Replaced)
                .toList();
        if (rest.size() == replaced.size()) {
            for (int i = 0; i < rest.size(); i++) {
                fates.put(rest.get(i), replaced.get(i));
            }
        }
        return transaction.removed().stream()
                .map(file -> new Given(file, fates.getOrDefault(file, new Unknown())))
                .toList();
    }

    /** Which of the dropped relations were tables or views, by the rows that left the catalogs before theirs. */
    static Map<Long, Relation.Kind> kinds(LoggedTransaction transaction) {
        Map<Long, Relation.Kind> kinds = new HashMap<>();
        List<Writes.Event<Kind>> rows = undefined(transaction.writes());
        long relations = rows.stream().filter(e -> e.what() == Kind.CLASS).count();
        if (relations != transaction.dropped().size()) {
            return kinds;
        }
        int next = 0;
        // A table takes its row type along, just before itself; indexes, TOAST tables and sequences have none.
        boolean typed = false;
        for (Writes.Event<Kind> row : rows) {
            if (row.what() == Kind.CLASS) {
                kinds.put(transaction.dropped().get(next++), typed ? Relation.Kind.TABLE : Relation.Kind.OTHER);
            } else if (row.what() == Kind.SEQUENCE && next > 0) {
                // Its own row goes just after that of pg_class; an unrelated type may have gone before.
                kinds.put(transaction.dropped().get(next - 1), Relation.Kind.OTHER);
            }
            typed = row.what() == Kind.TYPE;
        }
        return kinds;
    }
}
