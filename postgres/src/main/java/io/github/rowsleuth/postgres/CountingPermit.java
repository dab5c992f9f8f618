package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.RowCount;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.PageCapture;
import io.github.rowsleuth.transaction.TablePages;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides which tables may be read: on a primary none whose pages could be saved first and were not. */
final class CountingPermit {

    private static final Query FILES = new Query("""
            select c.oid::bigint as oid, pg_relation_filepath(c.oid) as path, row_security_active(c.oid) as hides
              from unnest(string_to_array(?, ',')::oid[]) as r(oid)
              join pg_class c on c.oid = r.oid""", "pg_class", "SELECT ON pg_catalog.pg_class");

    private final Examination examination;
    private final Server server;
    private final boolean readsPages;
    private final Map<Long, String> files = new HashMap<>();
    private final Set<Long> hiding = new HashSet<>();

    private CountingPermit(Examination examination, Server server, boolean readsPages) {
        this.examination = examination;
        this.server = server;
        this.readsPages = readsPages;
    }

    static CountingPermit of(Session session, Server server, List<Relation> tables)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        CountingPermit permit = new CountingPermit(session.examination(), server, PageAccess.exists(session));
        String oids = tables.stream().map(table -> Long.toString(table.oid())).collect(Collectors.joining(","));
        session.rows(FILES, permit::add, oids);
        if (!permit.readsPages && permit.place() == RowCount.Place.PRIMARY) {
            session.examination()
                    .gap(
                            "this role can not read raw pages, so nothing was saved before the tables were counted",
                            "counting pruned the data of deleted rows off every full page that no open snapshot protected;"
                                    + " they can not be recovered from there any more",
                            "next time, let the role read pages first: see Postgres.deadRows()");
        }
        return permit;
    }

    private boolean add(Row row) throws SQLException {
        files.put(row.number("oid"), row.optionalText("path").orElse(""));
        return !row.flag("hides") || hiding.add(row.number("oid"));
    }

    RowCount.Place place() {
        return server.identity().inRecovery() ? RowCount.Place.STANDBY : RowCount.Place.PRIMARY;
    }

    boolean allows(Relation table) {
        Optional<Relation.Unreadable> other = table.unreadable(place() == RowCount.Place.STANDBY);
        if (!table.method().equals("heap")) {
            other.ifPresent(found -> examination.gap(found.missing(), "its rows were not counted", found.remedy()));
            return other.isEmpty();
        }
        if (hiding.contains(table.oid())) {
            examination.gap(
                    "row-level security hides rows of " + table.name() + " from this role",
                    "its rows were not counted, because the count would be too small",
                    "count as the owner of the table or as a role with BYPASSRLS");
            return false;
        }
        boolean allowed = place() == RowCount.Place.STANDBY || !readsPages || saved(table);
        if (!allowed) {
            examination.gap(
                    table.name() + " was not counted: its pages could be saved first, and were not, or not all of them",
                    "how many rows a query would see is not known exactly; counting would have destroyed deleted rows",
                    "add deadRows() of Postgres.at(…).keepingPagesIn(folder) to the same investigation, with a page limit"
                            + " that suffices; the dead rows tell the live ones too");
        }
        return allowed;
    }

    private boolean saved(Relation table) {
        String file = PageCaptures.stem(server, files.getOrDefault(table.oid(), ""));
        return examination.answers(DeadRows.class).stream()
                .flatMap(rows -> rows.of(table.name()).stream())
                .anyMatch(pages -> pages.complete() && whole(pages, file));
    }

    // Kept by this run, from this file of this server, and not of another with a table of the same name.
    private static boolean whole(TablePages pages, String file) {
        return pages.capture()
                .filter(capture -> capture.pages() == pages.pages() && isOf(capture, file))
                .isPresent();
    }

    private static boolean isOf(PageCapture capture, String file) {
        return String.valueOf(capture.file().getFileName()).startsWith(file);
    }
}
