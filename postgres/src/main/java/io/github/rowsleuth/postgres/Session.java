package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection under contract: one read-only transaction, settings that end with it, a limit on every wait. READ ONLY is
 * the weakest of its walls (it lets through what COPY, VACUUM or a function may destroy); the first is that it only ever
 * runs a {@link Query}.
 */
final class Session implements AutoCloseable {

    static final String APPLICATION = "rowsleuth";

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int OLDEST_MAJOR = 13;
    private static final int ATTEMPTS = 5;
    private static final String CANCELLED = "57014";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    // The server's limit comes first, so that its answer still arrives.
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final String CONTRACT = """
            select pg_catalog.current_setting('statement_timeout') as before,
                   pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true),
                   pg_catalog.set_config('statement_timeout', ?, true),
                   pg_catalog.set_config('lock_timeout', ?, true),
                   pg_catalog.set_config('idle_in_transaction_session_timeout', '10s', true),
                   pg_catalog.set_config('row_security', 'off', true),
                   pg_catalog.set_config('max_parallel_workers_per_gather', '0', true),
                   pg_catalog.set_config('jit', 'off', true),
                   pg_catalog.set_config('application_name', 'rowsleuth', true),
                   pg_catalog.set_config('TimeZone', 'UTC', true),
                   pg_catalog.set_config('DateStyle', 'ISO', true),
                   pg_catalog.set_config('standard_conforming_strings', 'on', true)""";

    // So that a query ends when its client is gone. Only some systems can tell; the others refuse the setting.
    private static final String NOTICES_LOST_CLIENT = """
            ,
                   pg_catalog.set_config('client_connection_check_interval',
                       case when pg_catalog.version() operator(pg_catalog.~~) '%linux%' then '1s' else '0' end, true)""";

    private static final String ENDS_TRANSACTION = """
            ,
                   pg_catalog.set_config('transaction_timeout', '30s', true)""";

    private static final String NO_LIMIT = "0";

    /** What a limit of the role cancels that ran out in the very end of the statement that lifted it. */
    private static final Query NOTHING = new Query("select 1", "nothing", "CONNECT");

    private static final Query CONTRACT_13 = contract(CONTRACT);
    private static final Query CONTRACT_14 = contract(CONTRACT + NOTICES_LOST_CLIENT);
    private static final Query CONTRACT_17 = contract(CONTRACT + NOTICES_LOST_CLIENT + ENDS_TRANSACTION);

    private final Connection connection;
    private final Limits limits;
    private final Examination examination;
    private final String source;
    private final int major;
    private final String user;
    private final boolean autoCommit;
    private final boolean readOnly;
    private final int networkTimeout;

    private Session(Connection connection, String source, Limits limits, Examination examination) throws SQLException {
        this.connection = connection;
        this.source = source;
        this.limits = limits;
        this.examination = examination;
        this.major = connection.getMetaData().getDatabaseMajorVersion();
        // Asked now, because a broken connection would answer with an error that hides its own.
        this.user = connection.getMetaData().getUserName();
        this.autoCommit = connection.getAutoCommit();
        this.readOnly = connection.isReadOnly();
        this.networkTimeout = connection.getNetworkTimeout();
    }

    private static Query contract(String sql) {
        return new Query(sql, "set_config()", "EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean)");
    }

    static Session open(ConnectionSource source, Limits limits, Examination examination)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Connection connection = source.open(examination.remaining());
        try {
            Session session = new Session(connection, source.name(connection), limits, examination);
            session.begin();
            return session;
        } catch (SQLException | ProbeUnavailableException | InterruptedException | RuntimeException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private void begin() throws SQLException, ProbeUnavailableException, InterruptedException {
        if (major < OLDEST_MAJOR) {
            throw new ProbeUnavailableException(
                    "expected PostgreSQL " + OLDEST_MAJOR + " or newer at " + source + ", found " + major,
                    "read its catalogs by hand, or restore its newest copy on a newer server");
        }
        // Read-only only works within a transaction: with auto-commit the driver lets writes through.
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        applyContract();
    }

    /** Until it is in force the role's own limits are, and they may be too short even for this. */
    private void applyContract() throws SQLException, ProbeUnavailableException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                List<String> before = run(
                        contract(),
                        row -> row.text("before"),
                        statementLimit(),
                        limits.lock().toMillis() + "ms");
                if (!before.contains(NO_LIMIT)) {
                    run(NOTHING, row -> true);
                }
                return;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !CANCELLED.equals(e.getSQLState())) {
                    Trouble trouble = Trouble.of(contract(), e, limits, user).orElseThrow(() -> e);
                    throw new ProbeUnavailableException(trouble.missing(), trouble.remedy(), e);
                }
                connection.rollback();
            }
        }
    }

    private Query contract() {
        return major >= 17 ? CONTRACT_17 : major >= 14 ? CONTRACT_14 : CONTRACT_13;
    }

    private String statementLimit() {
        long left = Math.max(1, examination.remaining().toMillis());
        return Math.min(limits.statement().toMillis(), left) + "ms";
    }

    int major() {
        return major;
    }

    Examination examination() {
        return examination;
    }

    /** Where evidence of this session was read. */
    Provenance at(String location) {
        return new Provenance(source, location);
    }

    /** All rows; trouble that a person can mend makes the whole probe unavailable. */
    <T> List<T> rows(Query query, Row.Reader<T> reader, String... binds)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        try {
            return run(query, reader, binds);
        } catch (SQLException e) {
            Trouble trouble = Trouble.of(query, e, limits, user).orElseThrow(() -> e);
            throw new ProbeUnavailableException(trouble.missing(), trouble.remedy(), e);
        }
    }

    /** All rows; trouble that a person can mend is a gap, and the session goes on. */
    <T> Optional<List<T>> rowsOrGap(Query query, String consequence, Row.Reader<T> reader, String... binds)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        try {
            return Optional.of(run(query, reader, binds));
        } catch (SQLException e) {
            Trouble trouble = Trouble.of(query, e, limits, user).orElseThrow(() -> e);
            examination.gap(trouble.missing(), consequence, trouble.remedy());
            renew();
            return Optional.empty();
        }
    }

    /**
     * What a query gave, or why it gave nothing.
     *
     * @param rows all rows; none after an error
     * @param state the SQLSTATE of the error; empty for none
     */
    record Attempt<T>(List<T> rows, Optional<String> state) {

        boolean failedWith(String expected) {
            return state.filter(expected::equals).isPresent();
        }
    }

    /** All rows, or the error; the session goes on, unless the connection broke. */
    <T> Attempt<T> attempt(Query query, Row.Reader<T> reader, String... binds)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        try {
            return new Attempt<>(run(query, reader, binds), Optional.empty());
        } catch (SQLException e) {
            if (ServerErrors.lost(e)) {
                throw e;
            }
            renew();
            return new Attempt<>(List.of(), Optional.of(ServerErrors.state(e)));
        }
    }

    private <T> List<T> run(Query query, Row.Reader<T> reader, String... binds)
            throws SQLException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before " + query.reads() + " was read");
        }
        boundWaiting();
        LOG.trace("{}: {}", source, query.sql());
        try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
            statement.setFetchSize(500);
            for (int i = 0; i < binds.length; i++) {
                statement.setString(i + 1, binds[i]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                Row row = new Row(result);
                while (result.next()) {
                    rows.add(reader.read(row));
                }
            }
            return rows;
        }
    }

    // The driver ignores interrupts while it waits for the server.
    private void boundWaiting() throws SQLException {
        Duration left = examination.remaining().plus(GRACE);
        Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
        connection.setNetworkTimeout(Runnable::run, (int) wait.toMillis());
    }

    /** Begins another transaction under the same contract: after an error, or before the old one gets long. */
    void renew() throws SQLException, ProbeUnavailableException, InterruptedException {
        connection.rollback();
        applyContract();
    }

    /** Takes the messages of a COPY; false for no more of them. */
    @FunctionalInterface
    interface CopyReader {
        boolean read(byte[] message) throws SQLException;
    }

    /**
     * Streams what a COPY sends, in the order in which the server sends it; its errors come as they are. A reader that wants
     * no more is not asked again, but the rest still has to come: the connection can do nothing else before.
     */
    void copy(Query query, CopyReader reader) throws SQLException, InterruptedException {
        boundWaiting();
        LOG.trace("{}: {}", source, query.sql());
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(query.sql());
        try {
            boolean wanted = true;
            for (byte[] message = next(copy); message != null; message = next(copy)) {
                wanted = wanted && reader.read(message);
            }
        } finally {
            // The driver's own way to cancel leaves the connection in the middle of an answer.
            if (copy.isActive()) {
                connection.abort(Runnable::run);
            }
        }
    }

    private static byte @Nullable [] next(CopyOut copy) throws SQLException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while pages were read");
        }
        return copy.readFromCopy();
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
            LOG.debug("{}: the session did not end cleanly, state {}", source, e.getSQLState());
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
