package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.Map;
import java.util.TreeMap;

/** Which transactions deleted how many rows of which tables. */
final class Deletions {

    /** So many transactions are kept apart; rows of further ones count for their tables only. */
    static final int MOST = 100_000;

    /** What one transaction, or subtransaction, deleted. */
    record Deleter(TransactionEnd end, Map<TableName, Long> rows) {}

    private final Map<Long, Deleter> byXid = new TreeMap<>();
    private long unattributed;

    void add(long xid, TransactionEnd end, TableName table, long rows) {
        Deleter known = byXid.get(xid);
        if (known == null && byXid.size() >= MOST) {
            unattributed += rows;
            return;
        }
        Map<TableName, Long> tables = known == null ? new TreeMap<>() : known.rows();
        tables.merge(table, rows, Long::sum);
        if (known == null || known.end() != end) {
            byXid.put(xid, new Deleter(end, tables));
        }
    }

    Map<Long, Deleter> byXid() {
        return byXid;
    }

    long unattributed() {
        return unattributed;
    }
}
