package io.github.rowsleuth.postgres.watch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one connection of a watch. What it sets is undone when it closes. */
final class WatchSession implements AutoCloseable {

    /** Reads a value of the current row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done within one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(WatchSession.class);
    private static final int OLDEST_MAJOR = 13;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final String RELEASE = "select (select count(pg_advisory_unlock(" + Turn.KEY + ")) from pg_locks"
            + " where " + Turn.HELD + " and pid = pg_backend_pid()),"
            + " (select count(pg_drop_replication_slot(slot_name)) from pg_replication_slots"
            + " where temporary and active_pid = pg_backend_pid())";

    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "statement_timeout", "60s",
            "lock_timeout", "5s",
            "search_path", "pg_catalog, pg_temp",
            "synchronous_commit", "on",
            "row_security", "off",
            "DateStyle", "ISO"));

    private final Connection connection;
    private final Map<String, String> before;
    private final int major;
    private final boolean autoCommit;
    private final int networkTimeout;

    private WatchSession(Connection connection, String name) throws SQLException {
        this.connection = connection;
        this.major = connection.getMetaData().getDatabaseMajorVersion();
        this.autoCommit = connection.getAutoCommit();
        this.networkTimeout = connection.getNetworkTimeout();
        connection.setAutoCommit(true);
        connection.setNetworkTimeout(Runnable::run, (int) LONGEST_WAIT.toMillis());
        Map<String, String> wanted = new TreeMap<>(SETTINGS);
        wanted.put("application_name", name);
        this.before = set(wanted);
    }

    /** Sets all at once, for the session; as they were before. */
    private Map<String, String> set(Map<String, String> settings) throws SQLException {
        String sql = settings.keySet().stream()
                .map(setting -> "current_setting('" + setting + "'), set_config('" + setting + "', ?, false)")
                .collect(Collectors.joining(", ", "select ", ""));
        return row(
                sql,
                row -> {
                    Map<String, String> previous = new TreeMap<>();
                    int column = 1;
                    for (String setting : settings.keySet()) {
                        previous.put(setting, row.getString(column));
                        column += 2;
                    }
                    return previous;
                },
                settings.values().toArray());
    }

    /**
     * Opens it.
     *
     * @param name of the session, by which others can tell whose it is
     */
    static WatchSession open(DataSource source, String name) throws SQLException {
        Connection connection = source.getConnection();
        try {
            refuseOthers(connection);
            refuseBorrowed(connection, source);
            return new WatchSession(connection, name);
        } catch (SQLException | RuntimeException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private static void refuseOthers(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (!product.toLowerCase(Locale.ROOT).contains("postgresql") || major < OLDEST_MAJOR) {
            throw new WatchException("expected a data source of PostgreSQL " + OLDEST_MAJOR + " or newer, found one of "
                    + product + " " + major);
        }
    }

    // A data source that hands out the connection of the current transaction hands out the same one twice. In it we
    // would
    // see, and end, what is not ours.
    private static void refuseBorrowed(Connection connection, DataSource source) throws SQLException {
        if (connection.getAutoCommit()) {
            return;
        }
        try (Connection other = source.getConnection()) {
            if (backend(connection) == backend(other)) {
                throw new WatchException(
                        "expected a connection of the watch's own, found that of the test's transaction."
                                + " Put the watch outermost (its annotation above the others), or give it the data source behind"
                                + " the transaction-aware one");
            }
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet pid = statement.executeQuery("select pg_backend_pid()")) {
            pid.next();
            return pid.getInt(1);
        }
    }

    int major() {
        return major;
    }

    /** Runs something in one transaction, and commits. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        return transaction(work, true);
    }

    /** Runs something in one transaction, and takes it back. */
    <T> T inTransactionRolledBack(Work<T> work) throws SQLException {
        return transaction(work, false);
    }

    /** Runs something in one transaction that can not write. */
    <T> T inReadOnlyTransaction(Work<T> work) throws SQLException {
        return transaction(
                () -> {
                    text("select set_config('transaction_read_only', 'on', true)");
                    return work.run();
                },
                false);
    }

    private <T> T transaction(Work<T> work, boolean keep) throws SQLException {
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            T result = work.run();
            done = keep;
            return result;
        } finally {
            if (done) {
                connection.commit();
            } else {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    /** Runs statements that give no rows. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows of a query, its parameters bound as text or numbers. */
    <T> List<T> rows(String sql, Reader<T> reader, Object... binds) throws SQLException {
        LOG.trace("{}", sql);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < binds.length; i++) {
                statement.setObject(i + 1, binds[i]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        }
    }

    /** The one row of a query. */
    <T> T row(String sql, Reader<T> reader, Object... binds) throws SQLException {
        return rows(sql, reader, binds).get(0);
    }

    /** The one value of a query; empty for null. */
    String text(String sql, Object... binds) throws SQLException {
        return row(sql, row -> Optional.ofNullable(row.getString(1)).orElse(""), binds);
    }

    boolean flag(String sql, Object... binds) throws SQLException {
        return row(sql, row -> row.getBoolean(1), binds);
    }

    /** Gives the connection back as it came: settings, locks and replication slots last as long as the session does. */
    @Override
    public void close() {
        try {
            text(RELEASE);
            set(before);
            connection.setNetworkTimeout(Runnable::run, networkTimeout);
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            LOG.debug("the watch's session did not end cleanly, state {}", e.getSQLState());
        } finally {
            closeQuietly(connection);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection did not close, state {}", e.getSQLState());
        }
    }
}
