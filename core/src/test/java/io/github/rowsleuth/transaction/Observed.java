package io.github.rowsleuth.transaction;

import io.github.rowsleuth.incident.TableName;
import java.util.Optional;

/** Transactions as a source would show them. */
public final class Observed {

    private Observed() {}

    public static ObservedTransaction.Builder committed(long xid) {
        return ObservedTransaction.builder().xid(xid).end(TransactionEnd.COMMITTED);
    }

    public static ObservedTransaction.Builder aborted(long xid) {
        return ObservedTransaction.builder().xid(xid).end(TransactionEnd.ABORTED);
    }

    public static TableEffect deleted(String table, long rows) {
        return TableEffect.on(TableName.parse(table), TableEffect.Kind.ROWS_DELETED, Optional.of(rows));
    }

    public static TableEffect effect(TableEffect.Kind kind, String table) {
        return TableEffect.on(TableName.parse(table), kind, Optional.empty());
    }
}
