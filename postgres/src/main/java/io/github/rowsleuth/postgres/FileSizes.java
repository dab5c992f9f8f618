package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Looks at what has become of files: their size, and whether somebody locked, dropped, replaced or renamed them. */
final class FileSizes {

    private static final Set<String> WAITED = Set.of("55P03", "57014");

    // The size of a file can only be had with a lock on it, for which a look must not wait.
    private static final Query LOOK = new Query(
            """
            select r.n, c.oid is not null as there, pg_relation_filepath(c.oid) as path,
                   case when c.oid is not null then format('%I.%I', n.nspname, c.relname) end as name,
                   l.relation is not null as locked,
                   case when l.relation is null
                        then pg_relation_size(c.oid) / current_setting('block_size')::bigint end as pages
              from unnest(string_to_array(?, ',')::oid[]) with ordinality as r(oid, n)
              left join pg_class c on c.oid = r.oid
              left join pg_namespace n on n.oid = c.relnamespace
              left join (select distinct k.relation from pg_locks k
                          where k.locktype = 'relation' and k.mode = 'AccessExclusiveLock'
                            and k.database = (select d.oid from pg_database d
                                               where d.datname = current_database())) l on l.relation = c.oid
             order by r.n""", "pg_class, pg_locks", "SELECT ON pg_catalog.pg_class, pg_catalog.pg_namespace, pg_catalog.pg_locks");

    private FileSizes() {}

    /** Asks for all of them at once, in a transaction that has read nothing yet. */
    static void look(Session session, List<HeapFile> files)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<HeapFile> open = files.stream().filter(f -> f.stopped().isEmpty()).toList();
        if (open.isEmpty()) {
            return;
        }
        try {
            session.rows(LOOK, row -> seen(open, row), list(open));
        } catch (ProbeUnavailableException e) {
            // A lock was taken between the look at the locks and the look at the size.
            if (!(e.getCause() instanceof SQLException cause && WAITED.contains(ServerErrors.state(cause)))) {
                throw e;
            }
            session.renew();
            split(session, open, HeapFile::lock);
        } catch (SQLException e) {
            if (ServerErrors.lost(e)) {
                throw e;
            }
            session.renew();
            split(
                    session,
                    open,
                    file -> file.stop("the server can not say how long it is (state " + ServerErrors.state(e) + ")"));
        }
    }

    /** Finds the one that is to blame. */
    private static void split(Session session, List<HeapFile> files, Consumer<HeapFile> blame)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        if (files.size() > 1) {
            look(session, files.subList(0, files.size() / 2));
            look(session, files.subList(files.size() / 2, files.size()));
        } else {
            blame.accept(files.get(0));
        }
    }

    private static String list(List<HeapFile> files) {
        return files.stream().map(f -> Long.toString(f.oid())).collect(Collectors.joining(","));
    }

    private static boolean seen(List<HeapFile> files, Row row) throws SQLException {
        HeapFile file = files.get((int) row.number("n") - 1);
        if (row.flag("there")) {
            file.seen(row.text("name"), row.optionalText("path").orElse(""), row.flag("locked"), row.number("pages"));
        } else {
            file.gone();
        }
        return true;
    }
}
