package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.Closeable;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that asks a server for its log: every statement in a read-only transaction of its own, under limits that
 * end with it, rolled back at once. Names of functions and types are given with their schema, and nothing is pasted into
 * a text.
 */
final class ServerSession implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);
    private static final int OLDEST_MAJOR = 13;
    private static final long LONGEST_STATEMENT = 5_000;
    private static final long LONGEST_WAIT = 30_000;
    private static final long GRACE = 500; // so that the answer of the server's own limit still arrives
    private static final String UNKNOWN_STATE = "08000";

    private static final String CONTRACT = """
            select pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true),
                   pg_catalog.set_config('statement_timeout', ?, true),
                   pg_catalog.set_config('lock_timeout', '200ms', true),
                   pg_catalog.set_config('idle_in_transaction_session_timeout', '10s', true),
                   pg_catalog.set_config('application_name', 'rowsleuth', true),
                   pg_catalog.set_config('bytea_output', 'hex', true),
                   pg_catalog.set_config('standard_conforming_strings', 'on', true)""";

    private final Connection connection;
    private final Patience patience;
    private final boolean autoCommit;
    private final boolean readOnly;
    private final int networkTimeout;

    private ServerSession(Connection connection, Patience patience) throws SQLException {
        this.connection = connection;
        this.patience = patience;
        this.autoCommit = connection.getAutoCommit();
        this.readOnly = connection.isReadOnly();
        this.networkTimeout = connection.getNetworkTimeout();
    }

    /** Takes what it needs of a row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static ServerSession open(DataSource dataSource, Patience patience) throws ProbeUnavailableException {
        try {
            Connection connection = dataSource.getConnection();
            try {
                ServerSession session = new ServerSession(connection, patience);
                session.begin();
                return session;
            } catch (SQLException | ProbeUnavailableException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new ProbeUnavailableException(
                    "expected a PostgreSQL server that lets this role in; connecting failed with state " + state(e),
                    "check host, port, user, password, pg_hba.conf and the connection limit, and ask again",
                    e);
        }
    }

    private void begin() throws SQLException, ProbeUnavailableException {
        String product = connection.getMetaData().getDatabaseProductName();
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (!product.toLowerCase(Locale.ROOT).contains("postgresql") || major < OLDEST_MAJOR) {
            throw new ProbeUnavailableException(
                    "expected PostgreSQL " + OLDEST_MAJOR + " or newer, found " + product + " " + major,
                    "give the files of its log with PostgresLogs.in(\"…\")");
        }
        // Read-only only works within a transaction: with auto-commit the driver lets writes through.
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
    }

    /** All rows of one statement, in a transaction of its own. */
    <T> List<T> rows(String sql, RowReader<T> reader, Object... binds) throws SQLException, InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        long left = Math.max(1, patience.left() / 1_000_000);
        // The driver ignores interrupts while it waits for the server.
        connection.setNetworkTimeout(Runnable::run, (int) Math.min(LONGEST_WAIT, left + GRACE));
        try {
            run(CONTRACT, row -> true, Math.min(LONGEST_STATEMENT, left) + "ms");
            return run(sql, reader, binds);
        } finally {
            rollback();
        }
    }

    private <T> List<T> run(String sql, RowReader<T> reader, Object... binds) throws SQLException {
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

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("a transaction did not end cleanly, state {}", state(e)); // what is asked next says so again
        }
    }

    /** {@return the SQLSTATE; that of a broken connection where there is none} */
    static String state(SQLException e) {
        return Optional.ofNullable(e.getSQLState()).orElse(UNKNOWN_STATE);
    }

    /** Gives the connection back as it came. */
    @Override
    public void close() {
        try {
            connection.rollback();
            connection.setReadOnly(readOnly);
            connection.setAutoCommit(autoCommit);
            connection.setNetworkTimeout(Runnable::run, networkTimeout);
        } catch (SQLException e) {
            LOG.debug("the session did not end cleanly, state {}", state(e));
        }
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection did not close, state {}", state(e));
        }
    }
}
