package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;
import java.util.List;

/**
 * A table as the catalogs describe it.
 *
 * @param oid its identity
 * @param name its name
 * @param kind {@code relkind}: r table, p partitioned table, m materialized view, f foreign table
 * @param unlogged whether the write-ahead log knows nothing of its rows
 * @param file its file, 0 where it has none
 * @param tablespace where that lies
 * @param toastFile the file of its oversized values, 0 where it has none
 * @param parents the tables it is a partition or a child of
 */
record Relation(
        long oid,
        TableName name,
        char kind,
        boolean unlogged,
        long file,
        long tablespace,
        long toastFile,
        List<Long> parents) {

    boolean holdsRows() {
        return kind == 'r' || kind == 'p';
    }
}
