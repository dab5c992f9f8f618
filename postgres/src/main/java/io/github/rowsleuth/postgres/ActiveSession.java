package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.server.ServerSession;
import io.github.rowsleuth.sql.DestructiveStatements;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A session of another client, in whatever database.
 *
 * @param session what is shown of it
 * @param hidden whether the server keeps its state and statement from the role
 * @param textBytes how long its statement is, as far as the server keeps it
 */
record ActiveSession(ServerSession session, boolean hidden, int textBytes) {

    // The server shows the holding of rows (backend_xid, backend_xmin) to everybody, the rest only to whom it concerns
    // (src/backend/utils/adt/pgstatfuncs.c, pg_stat_get_activity). Nothing waits for a lazy vacuum.
    private static final Query SESSIONS = new Query(
            """
            select a.pid, a.backend_type, a.datname::text as database, a.usename::text as role,
                   nullif(a.application_name, '') as application, host(a.client_addr) as client, a.state,
                   a.state_change, a.backend_start, a.xact_start, a.query_start, nullif(a.query, '') as query,
                   coalesce(a.query = '<insufficient privilege>', false) as hidden,
                   a.backend_xid::text::bigint as xid,
                   case when v.pid is null then a.backend_xmin::text::bigint end as xmin,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next
              from pg_stat_activity a
              left join pg_stat_progress_vacuum v on v.pid = a.pid
             where a.pid <> pg_backend_pid()
               and (a.application_name <> 'rowsleuth' or a.usename is distinct from session_user)
             order by a.pid\
            """, "pg_stat_activity", "SELECT ON pg_catalog.pg_stat_activity, pg_catalog.pg_stat_progress_vacuum");

    static List<ActiveSession> all(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rows(SESSIONS, ActiveSession::of);
    }

    private static ActiveSession of(Row row) throws SQLException {
        boolean hidden = row.flag("hidden");
        Optional<String> text = row.optionalText("query").filter(t -> !hidden);
        ServerSession session = ServerSession.builder()
                .pid((int) row.number("pid"))
                .backendType(row.optionalText("backend_type"))
                .database(row.optionalText("database"))
                .role(row.optionalText("role"))
                .application(row.optionalText("application"))
                .client(row.optionalText("client"))
                .state(row.optionalText("state"))
                .stateSince(row.instant("state_change"))
                .started(row.instant("backend_start"))
                .transactionStarted(row.instant("xact_start"))
                .statementStarted(row.instant("query_start"))
                .transaction(TransactionClock.near(row.number("xid"), row.number("next")))
                .oldestSeen(TransactionClock.near(row.number("xmin"), row.number("next")))
                .statement(text.map(Excerpt::ofSql))
                .destructive(text.map(DestructiveStatements::in).orElse(List.of()))
                .build();
        int bytes = text.map(t -> t.getBytes(StandardCharsets.UTF_8).length).orElse(0);
        return new ActiveSession(session, hidden, bytes);
    }

    /** Whether something is hidden that could matter: the server's own processes change nothing. */
    boolean hides() {
        return hidden
                && (session.database().isPresent()
                        || session.transaction().isPresent()
                        || session.oldestSeen().isPresent());
    }
}
