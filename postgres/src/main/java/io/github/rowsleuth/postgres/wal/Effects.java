package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TableEffect.Kind;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells what a transaction did to which tables. */
public final class Effects {

    private static final Comparator<TableEffect> ORDER =
            Comparator.comparing(TableEffect::relation).thenComparing(TableEffect::kind);

    private record Hit(Optional<Relation> table, String relation, Kind kind) {}

    private final FileOwners owners;
    private final Map<Hit, Long> hits = new LinkedHashMap<>();

    private Effects(FileOwners owners) {
        this.owners = owners;
    }

    /**
     * {@return what the transaction did to the tables of its database, or had done if it had not been rolled back}
     *
     * @param transaction the transaction
     * @param owners whose files it changed
     */
    public static List<TableEffect> of(LoggedTransaction transaction, FileOwners owners) {
        Effects effects = new Effects(owners);
        effects.deleted(transaction);
        if (transaction.end() == TransactionEnd.COMMITTED || transaction.end() == TransactionEnd.PREPARED) {
            effects.gaveUp(transaction);
        } else {
            effects.attempted(transaction.writes());
        }
        effects.truncated(transaction.writes());
        transaction
                .writes()
                .droppedDatabases
                .forEach(oid -> effects.hit(Optional.empty(), "database " + oid, Kind.DROPPED, 0));
        return effects.all();
    }

    private List<TableEffect> all() {
        List<TableEffect> all = new ArrayList<>();
        hits.forEach((hit, rows) -> all.add(new TableEffect(
                hit.table().map(Relation::name),
                hit.relation(),
                hit.kind(),
                hit.kind() == Kind.ROWS_DELETED ? Optional.of(rows) : Optional.empty())));
        all.sort(ORDER);
        return all;
    }

    private void hit(Optional<Relation> table, String otherwise, Kind kind, long rows) {
        String relation = table.map(t -> t.name().toString()).orElse(otherwise);
        hits.merge(new Hit(table, relation, kind), rows, Long::sum);
    }

    /** Ignores what is no table of anybody's. */
    private void hit(FileId file, Kind kind, long rows) {
        Optional<Relation> owner = owners.of(file);
        if (owners.kindOf(file).filter(k -> k != Relation.Kind.TABLE).isEmpty()) {
            hit(owner, file.toString(), kind, rows);
        }
    }

    private void deleted(LoggedTransaction transaction) {
        transaction.writes().deleted.forEach((file, rows) -> hit(file, Kind.ROWS_DELETED, rows));
    }

    private void gaveUp(LoggedTransaction transaction) {
        Set<FileId> own = new HashSet<>();
        transaction.writes().created.forEach(event -> own.add(event.what()));
        for (Replacements.Given given : owners.given(transaction)) {
            FileId file = given.file();
            if (own.contains(file)) {
                continue; // Nobody else ever saw what was in it.
            }
            if (given.fate() instanceof Replacements.Replaced replaced) {
                boolean moved = replaced.by().tablespace() != file.tablespace();
                hit(file, moved ? Kind.REWRITTEN : Kind.TRUNCATED, 0);
            } else if (given.fate() instanceof Replacements.Rewritten) {
                hit(file, Kind.REWRITTEN, 0);
            } else if (given.fate() instanceof Replacements.Dropped) {
                hit(file, Kind.DROPPED, 0);
            } else {
                hit(file, transaction.dropped().isEmpty() ? Kind.ALTERED : Kind.DROPPED, 0);
            }
        }
    }

    /** The statement TRUNCATE itself is in the log only at {@code wal_level = logical}. */
    private void truncated(Writes writes) {
        if (writes.created.isEmpty()) {
            return; // Of another database: the record does not name it.
        }
        for (long oid : writes.truncated) {
            Optional<Relation> table = owners.of(oid).filter(r -> r.kind() != Relation.Kind.OTHER);
            if (table.isPresent()) {
                hits.keySet().removeIf(h -> h.table().equals(table) && h.kind() == Kind.ALTERED);
                hits.putIfAbsent(new Hit(table, table.get().name().toString(), Kind.TRUNCATED), 0L);
            }
        }
    }

    /**
     * What was rolled back left nothing but its locks, the files it had created and the rows it had deleted from the
     * catalogs. Where their numbers fit the locked tables, with indexes and TOAST, it was TRUNCATE or DROP.
     */
    private void attempted(Writes writes) {
        Set<Long> locked = writes.locked;
        List<Relation> tables = owners.live().stream()
                .filter(r -> r.isTable() && locked.contains(r.oid()))
                .sorted(Comparator.comparingLong(Relation::oid))
                .toList();
        Set<Long> made = new HashSet<>();
        writes.created.forEach(event -> made.add(event.what().number()));
        // A relation that is born is locked, and has the number of its file.
        boolean born = made.removeAll(locked);
        long undefined = writes.undefined.stream()
                .filter(e -> e.what() == LogRecord.Kind.CLASS)
                .count();
        long files = tables.stream().mapToLong(Relation::files).sum();
        if (made.isEmpty() && undefined == 0) {
            return;
        }
        Kind kind = Kind.ALTERED;
        if (made.size() == files && undefined == 0) {
            kind = Kind.TRUNCATED;
        } else if (made.isEmpty() && !born && undefined == files) {
            kind = Kind.DROPPED;
        }
        for (Relation table : tables) {
            hit(Optional.of(table), "", kind, 0);
        }
    }
}
