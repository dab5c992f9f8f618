package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Transactions of other sessions that have written something, and not ended. */
final class OpenTransactions {

    private static final String WRITERS = """
            select coalesce(application_name, ''), coalesce(usename, ''), pid, backend_xid::text::bigint,
                   coalesce(xact_start, now()), coalesce(query, ''), false
              from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null
               and backend_type = 'client backend'
            union all
            select '', owner, 0, transaction::text::bigint, prepared, '', true
              from pg_prepared_xacts where database = current_database()""";

    private static final String LOCKED = """
            select distinct relation::bigint from pg_locks
             where locktype = 'relation' and mode = 'RowExclusiveLock' and granted
               and pid is distinct from pg_backend_pid()
               and database = (select oid from pg_database where datname = current_database())""";

    private static final long PAUSE_MILLIS = 20;

    private record Writer(Author author, boolean prepared) {}

    private final WatchSession session;

    OpenTransactions(WatchSession session) {
        this.session = session;
    }

    /** Waits until those that are open now have ended, or patience has; prepared ones wait for a person. */
    void await(Duration patience) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        Set<Long> open = running();
        while (!open.isEmpty() && System.nanoTime() < end && pause()) {
            open.retainAll(running());
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Set<Long> running() throws SQLException {
        return writers().stream()
                .filter(writer -> !writer.prepared())
                .map(writer -> writer.author().transaction())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Writer> writers() throws SQLException {
        return session.rows(WRITERS, OpenTransactions::writer);
    }

    private static Writer writer(ResultSet row) throws SQLException {
        String statement = row.getString(6);
        Author author = new Author(
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                row.getLong(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                statement.isBlank() ? Optional.empty() : Optional.of(Excerpt.ofSql(statement)),
                Optional.empty());
        return new Writer(author, row.getBoolean(7));
    }

    /** Rows that triggers counted and that no transaction has committed. */
    Sighting holding(long rows, Catalog catalog) throws SQLException {
        List<Writer> writers = writers();
        if (writers.isEmpty()) {
            return unsettled(rows, TransactionEnd.ABORTED);
        }
        Writer writer = writers.get(0);
        TransactionEnd end = writer.prepared() ? TransactionEnd.PREPARED : TransactionEnd.IN_PROGRESS;
        Set<Long> locked = new TreeSet<>(session.rows(LOCKED, row -> row.getLong(1)));
        String tables = catalog.names(relation -> locked.contains(relation.oid()));
        Sighting sighting =
                unsettled(rows, end).by(writer.prepared() ? Optional.empty() : Optional.of(writer.author()));
        return tables.isEmpty()
                ? sighting
                : sighting.remarking("open transactions have locked rows, or inserted some, in " + tables);
    }

    private static Sighting unsettled(long rows, TransactionEnd end) {
        return Sighting.of(DeletionKind.DELETE, 0, "tables not known", Optional.of(rows), end);
    }
}
