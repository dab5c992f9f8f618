package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose file each file is, or was. The catalogs know the files of today; from there the transactions that replaced files
 * lead back, the last one first.
 */
public final class FileOwners implements Replacements.Knowledge {

    private final Collection<Relation> live;
    private final Map<FileId, Long> oids = new HashMap<>();
    private final Map<Long, Relation> relations = new HashMap<>();
    private final Map<Long, Relation.Kind> kinds = new HashMap<>();
    private final IdentityHashMap<LoggedTransaction, List<Replacements.Given>> replacements = new IdentityHashMap<>();

    /**
     * Follows the files back.
     *
     * @param live the relations of today
     * @param former relations as they once were, from images of {@code pg_class}
     * @param formerFiles files that relations had while they were rewritten, with their oids
     * @param transactions those that were read, in any order
     */
    public FileOwners(
            Collection<Relation> live,
            Collection<Relation> former,
            Map<FileId, Long> formerFiles,
            Collection<LoggedTransaction> transactions) {
        this.live = List.copyOf(live);
        for (Relation relation : live) {
            relations.put(relation.oid(), relation);
            oids.put(relation.file(), relation.oid());
        }
        for (Relation relation : former) {
            relations.putIfAbsent(relation.oid(), relation);
            oids.putIfAbsent(relation.file(), relation.oid());
        }
        formerFiles.forEach(oids::putIfAbsent);
        transactions.stream()
                .filter(t -> t.end() == TransactionEnd.COMMITTED && !t.removed().isEmpty())
                .sorted(Comparator.comparing((LoggedTransaction t) -> t.endLsn().orElseThrow())
                        .reversed())
                .forEach(this::follow);
        transactions.stream()
                .filter(t -> t.end() == TransactionEnd.PREPARED)
                .forEach(t -> replacements.put(t, Replacements.of(t, this)));
    }

    @Override
    public Optional<Long> ownerOf(FileId file) {
        return Optional.ofNullable(oids.get(file));
    }

    @Override
    public boolean fileless(long oid) {
        return of(oid).filter(relation -> relation.file().number() == 0).isPresent();
    }

    private void follow(LoggedTransaction transaction) {
        List<Replacements.Given> given = Replacements.of(transaction, this);
        replacements.put(transaction, given);
        kinds.putAll(Replacements.kinds(transaction));
        // A file can be replaced twice in one transaction.
        List<Replacements.Given> backwards = new ArrayList<>(given);
        Collections.reverse(backwards);
        for (Replacements.Given one : backwards) {
            Optional<Long> owner = Optional.empty();
            if (one.fate() instanceof Replacements.Replaced replaced) {
                owner = Optional.ofNullable(oids.get(replaced.by()));
            } else if (one.fate() instanceof Replacements.Rewritten rewritten) {
                owner = Optional.ofNullable(oids.get(rewritten.to()));
            } else if (one.fate() instanceof Replacements.Dropped dropped) {
                owner = Optional.of(dropped.oid());
            }
            owner.ifPresent(oid -> oids.putIfAbsent(one.file(), oid));
        }
    }

    List<Replacements.Given> given(LoggedTransaction transaction) {
        return replacements.getOrDefault(transaction, List.of());
    }

    /** {@return the relation that has, or had, that file} */
    public Optional<Relation> of(FileId file) {
        return Optional.ofNullable(oids.get(file)).flatMap(this::of);
    }

    /** {@return the relation of that oid} */
    Optional<Relation> of(long oid) {
        return Optional.ofNullable(relations.get(oid));
    }

    /** What sort of relation a file belongs to, as far as anything tells. */
    Optional<Relation.Kind> kindOf(FileId file) {
        Optional<Long> oid = Optional.ofNullable(oids.get(file));
        return oid.flatMap(this::of).map(Relation::kind).or(() -> oid.map(kinds::get));
    }

    /** The relations of today. */
    Collection<Relation> live() {
        return live;
    }
}
