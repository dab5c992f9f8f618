package io.github.rowsleuth.postgres.guard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction that is rolled back unless it is committed by name. */
final class GuardSession implements AutoCloseable {

    /** Reads a value of the current row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(GuardSession.class);

    // search_path keeps temporary tables out of reach of names; row_security = off turns hidden rows into an error.
    private static final String CONTRACT = """
            select set_config('search_path', 'pg_catalog', true), set_config('lock_timeout', '2s', true),
                   set_config('statement_timeout', '10min', true), set_config('row_security', 'off', true),
                   set_config('synchronous_commit', 'on', true), set_config('application_name', 'rowsleuth guard', true),
                   set_config('idle_in_transaction_session_timeout', '10min', true)""";

    private final Connection connection;
    private final boolean autoCommit;

    private GuardSession(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
    }

    static GuardSession open(DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try {
            GuardSession session = new GuardSession(connection);
            connection.setAutoCommit(false);
            session.rows(CONTRACT, row -> true);
            return session;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    <T> List<T> rows(String sql, Reader<T> reader, Object... binds) throws SQLException {
        LOG.trace("{}", sql);
        try (PreparedStatement statement = prepared(sql, binds);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        }
    }

    <T> T row(String sql, Reader<T> reader, Object... binds) throws SQLException {
        return rows(sql, reader, binds).get(0);
    }

    /** Runs a statement; the number of rows it changed. */
    long update(String sql, Object... binds) throws SQLException {
        LOG.trace("{}", sql);
        try (PreparedStatement statement = prepared(sql, binds)) {
            return statement.executeLargeUpdate();
        }
    }

    private PreparedStatement prepared(String sql, Object... binds) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < binds.length; i++) {
                statement.setObject(i + 1, binds[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    CopyManager copy() throws SQLException {
        return driver().getCopyAPI();
    }

    /** The process at the other end, as the driver was told; a pooler between tells something else. */
    int backendOfDriver() throws SQLException {
        return driver().getBackendPID();
    }

    private PGConnection driver() throws SQLException {
        return connection.unwrap(PGConnection.class);
    }

    /** What the driver connected to, without what stands behind the question mark. */
    String url() throws SQLException {
        String url = Optional.ofNullable(connection.getMetaData().getURL()).orElse("");
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Takes back whatever was not committed, and gives the connection back as it came. */
    @Override
    public void close() {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            LOG.debug("the session did not end cleanly, state {}", e.getSQLState());
        }
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection did not close, state {}", e.getSQLState());
        }
    }
}
