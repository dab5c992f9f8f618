package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.DroppedColumn;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns that were dropped, whose values are still on the pages. */
final class DroppedColumns {

    // Dropping a column writes its row in pg_attribute anew (src/backend/catalog/heap.c, RemoveAttributeById).
    private static final Query COLUMNS =
            new Query("""
            select a.attrelid::bigint as oid, a.attnum as position, a.xmin::text::bigint as written,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
                   case when a.xmin::text::bigint > 2 and current_setting('track_commit_timestamp')::boolean
                             and not pg_is_in_recovery()
                        then pg_xact_commit_timestamp(a.xmin) end as committed
              from pg_attribute a
              join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'm', 'f')
             where a.attisdropped and a.attnum > 0
             order by a.attrelid, a.attnum\
            """, "pg_attribute", "SELECT ON pg_catalog.pg_attribute, pg_catalog.pg_class");

    private record Dropped(long table, DroppedColumn column) {}

    private DroppedColumns() {}

    /** By the oid of their table. */
    static Optional<Map<Long, List<DroppedColumn>>> read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rowsOrGap(COLUMNS, "whether columns were dropped is unknown", DroppedColumns::of)
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                Dropped::table, Collectors.mapping(Dropped::column, Collectors.toList()))));
    }

    private static Dropped of(Row row) throws SQLException {
        return new Dropped(
                row.number("oid"),
                new DroppedColumn(
                        (int) row.number("position"),
                        TransactionClock.withEpoch(row.number("written"), row.number("next")),
                        row.instant("committed")));
    }
}
