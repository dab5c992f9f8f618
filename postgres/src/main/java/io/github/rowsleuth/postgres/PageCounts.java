package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.heap.TupleGroup;
import io.github.rowsleuth.transaction.TablePages;
import io.github.rowsleuth.transaction.TransactionEnd;

/** What the tuples of one table are, once it is known how their transactions ended. */
final class PageCounts {

    private final TableName table;
    private long live;
    private long deleted;
    private long deletionsRolledBack;
    private long deletionsPending;
    private long superseded;
    private long insertionsRolledBack;
    private long insertionsPending;
    private long undecided;
    private long forgottenMultixacts;

    PageCounts(TableName table) {
        this.table = table;
    }

    long forgottenMultixacts() {
        return forgottenMultixacts;
    }

    long undecided() {
        return undecided;
    }

    void add(TupleGroup group, XidStatuses statuses, Deletions deletions) {
        switch (statuses.insertion(group)) {
            case COMMITTED -> addInserted(group, statuses, deletions);
            case ABORTED -> insertionsRolledBack += group.count();
            case IN_PROGRESS, PREPARED -> insertionsPending += group.count();
            case UNKNOWN -> undecided += group.count();
        }
    }

    private void addInserted(TupleGroup group, XidStatuses statuses, Deletions deletions) {
        if (group.xmax() == 0 || statuses.lockedOnly(group)) {
            live += group.count();
            return;
        }
        TransactionEnd end = statuses.ending(group);
        if (end == TransactionEnd.UNKNOWN) {
            undecided += group.count();
            forgottenMultixacts += statuses.forgottenMultixact(group) ? group.count() : 0;
            return;
        }
        if (end != TransactionEnd.COMMITTED) {
            live += group.count();
        } else if (group.update()) {
            superseded += group.count();
        }
        if (group.deletion()) {
            addDeletion(group.count(), end);
            statuses.ender(group).ifPresent(xid -> deletions.add(xid, end, table, group.count()));
        }
    }

    private void addDeletion(long count, TransactionEnd end) {
        switch (end) {
            case COMMITTED -> deleted += count;
            case ABORTED -> deletionsRolledBack += count;
            default -> deletionsPending += count;
        }
    }

    TablePages.Builder of(HeapFile file) {
        return TablePages.builder()
                .table(table)
                .pages(file.pages())
                .pagesRead(file.next())
                .live(live + file.tally().live())
                .deleted(deleted)
                .deletionsRolledBack(deletionsRolledBack)
                .deletionsPending(deletionsPending)
                .superseded(superseded)
                .insertionsRolledBack(insertionsRolledBack + file.tally().insertionsRolledBack())
                .insertionsPending(insertionsPending)
                .pruned(file.tally().pruned())
                .undecided(undecided + file.tally().undecided())
                .damagedPages(file.damaged());
    }
}
