package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A transaction as its records show it.
 *
 * @param xid the 32 bits of its id
 * @param subtransactions those of its subtransactions
 * @param end how it ended
 * @param endLsn where the record of its end begins
 * @param at when it ended
 * @param gid the name under which it was prepared
 * @param writes what it wrote
 * @param removed files of this database that go with its commit, in the order in which it gave them up
 * @param dropped relations of this database that go with its commit, in the order in which it dropped them
 */
public record LoggedTransaction(
        long xid,
        List<Long> subtransactions,
        TransactionEnd end,
        Optional<Lsn> endLsn,
        Optional<Instant> at,
        Optional<String> gid,
        Writes writes,
        List<FileId> removed,
        List<Long> dropped) {

    /** {@return where its first record that matters begins; its end where that is all there is} */
    public Optional<Lsn> first() {
        return writes.first().or(this::endLsn);
    }

    /** {@return how many rows it deleted in tables} */
    public long rows() {
        return writes.rows();
    }

    /** {@return whether it took something away, or may have tried to} */
    boolean telling() {
        return writes.removes()
                || !removed.isEmpty()
                || (end != TransactionEnd.COMMITTED && end != TransactionEnd.PREPARED && writes.defines());
    }

    /** {@return whether deleting rows is all it did} */
    public boolean onlyDeletes() {
        return removed.isEmpty()
                && writes.truncated.isEmpty()
                && writes.droppedDatabases.isEmpty()
                && !writes.deleted.isEmpty();
    }

    /** {@return the files from which it deleted rows} */
    public Set<FileId> deletedFrom() {
        return Set.copyOf(writes.deleted.keySet());
    }

    /** {@return every file that it deleted rows from, created or gave up} */
    public Set<FileId> files() {
        Set<FileId> files = new TreeSet<>(writes.deleted.keySet());
        writes.created.forEach(event -> files.add(event.what()));
        files.addAll(removed);
        return files;
    }

    /** {@return every relation that it locked, truncated or dropped, and every one that may have been born with a file} */
    public Set<Long> relations() {
        Set<Long> oids = new TreeSet<>(writes.locked);
        oids.addAll(writes.truncated);
        oids.addAll(dropped);
        files().forEach(file -> oids.add(file.number()));
        return oids;
    }

    /** {@return the relations that it dropped with their files, as far as they may have been tables} */
    public Set<Long> droppedTables() {
        Set<Long> oids = new TreeSet<>(dropped);
        if (end != TransactionEnd.COMMITTED || removed.isEmpty()) {
            oids.clear();
        }
        Replacements.kinds(this).forEach((oid, kind) -> {
            if (kind == Relation.Kind.OTHER) {
                oids.remove(oid);
            }
        });
        // What a rewrite makes and drops again never had a name that matters.
        writes.created.forEach(event -> oids.remove(event.what().number()));
        return oids;
    }

    /** {@return the same, with another end, for one whose end lies outside what was read} */
    public LoggedTransaction ended(TransactionEnd other) {
        return new LoggedTransaction(xid, subtransactions, other, endLsn, at, gid, writes, removed, dropped);
    }
}
