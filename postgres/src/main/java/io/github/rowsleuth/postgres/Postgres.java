package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.DeletionStatsProbe;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import io.github.rowsleuth.probe.ScopeProbe;
import io.github.rowsleuth.server.ServerActivity;
import io.github.rowsleuth.server.StatementStatistics;
import io.github.rowsleuth.server.StoredCode;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * One database of a PostgreSQL server, 13 or newer, as a source of evidence.
 *
 * <pre>{@code
 * Postgres postgres = Postgres.at("jdbc:postgresql://db1/app?user=auditor");
 * Investigation.of("shop.orders").probes(postgres).run();
 * }</pre>
 *
 * <p><b>It does no harm.</b> No probe reads a user table, takes a lock on one, or plans a query over one: a plain
 * {@code SELECT} prunes deleted rows off their pages ({@code heap_page_prune_opt},
 * src/backend/access/heap/pruneheap.c). Every probe opens a connection of its own, works in one short read-only
 * transaction with time limits, rolls it back and closes the connection. Never are two open at once.
 *
 * <p><b>Privileges.</b> A role that may connect is enough: system catalogs, cumulative statistics and
 * {@code pg_control_checkpoint()} are open to everybody (PostgreSQL documentation, "The Cumulative Statistics System"
 * and "System Information Functions and Operators"). Where an administrator has revoked them, the outcome names the
 * {@code GRANT}. Superusers are let in, but a weak role is the better investigator:
 *
 * <pre>{@code
 * CREATE ROLE auditor LOGIN PASSWORD '…' IN ROLE pg_monitor CONNECTION LIMIT 2;
 * ALTER ROLE auditor SET default_transaction_read_only = on;
 * }</pre>
 *
 * <p>Immutable, and safe for use by several threads and investigations at once; they take turns.
 */
public final class Postgres implements ProbeSet {

    private final Sessions sessions;

    private Postgres(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * {@return the database of that URL; nothing connects yet}
     *
     * <p>The URL may name several hosts. Of the driver's properties it may only set those about who connects, and how
     * safely and patiently: {@code user}, {@code password}, {@code passfile}, {@code ssl…}, {@code channelBinding},
     * {@code gssEncMode}, {@code ApplicationName}, {@code connectTimeout}, {@code loginTimeout}, {@code socketTimeout},
     * {@code tcpKeepAlive}, {@code targetServerType}, {@code hostRecheckSeconds}, {@code loadBalanceHosts}. Those that
     * load classes, run code, write files or change how statements are sent are refused.
     *
     * @param jdbcUrl such as {@code jdbc:postgresql://db1:5432/app?user=auditor}
     * @throws IllegalArgumentException if it is no such URL or sets a property that is refused; the message names the
     *     property and never a value
     */
    public static Postgres at(String jdbcUrl) {
        return from(ConnectionSettings.parse(jdbcUrl));
    }

    /**
     * {@return the database of that URL, entered as that role; nothing connects yet}
     *
     * @param jdbcUrl as for {@link #at(String)}
     * @param user the role, instead of one in the URL
     * @param password its password, instead of one in the URL
     * @throws IllegalArgumentException as for {@link #at(String)}
     */
    public static Postgres at(String jdbcUrl, String user, String password) {
        return from(ConnectionSettings.parse(jdbcUrl).as(user, password));
    }

    /**
     * {@return the database that the data source leads to; nothing connects yet}
     *
     * <p>Connections are given back as they came. Prefer a data source without a pool and with time-outs of its own: how
     * long it waits for a connection is beyond what a probe can bound.
     *
     * @param dataSource gives connections of the PostgreSQL driver, wrapped or not
     */
    public static Postgres of(DataSource dataSource) {
        return from(new GivenDataSource(dataSource));
    }

    private static Postgres from(ConnectionSource source) {
        return new Postgres(new Sessions(source, Limits.DEFAULT));
    }

    /**
     * {@return the same database, with another limit on each statement; 5 seconds unless set}
     *
     * @param timeout for {@code statement_timeout}; a probe that has less time left takes that
     * @throws IllegalArgumentException unless it is at least a millisecond and at most an hour
     */
    public Postgres withStatementTimeout(Duration timeout) {
        return new Postgres(sessions.with(sessions.limits().withStatement(timeout)));
    }

    /**
     * {@return the same database, with another limit on waiting for a lock; 200 milliseconds unless set}
     *
     * @param timeout for {@code lock_timeout}
     * @throws IllegalArgumentException unless it is at least a millisecond and at most an hour
     */
    public Postgres withLockTimeout(Duration timeout) {
        return new Postgres(sessions.with(sessions.limits().withLock(timeout)));
    }

    /**
     * {@return the probe {@code postgres.scope}}
     *
     * <p>Every user table with its identity, file and last catalog transaction, what it is kin to (partitions, former
     * partitions, inheritance), the names it once had, its dropped columns, the sequences it owns and from whom row-level
     * security hides it; the foreign keys; the identity and age of cluster and database. All from system catalogs in a fixed
     * number of statements. A table of the incident that is not there is answered with what may have become of it, and
     * with the other databases of the server.
     *
     * <p>Needs a role that may connect. A role that may execute {@code pg_stat_file} also learns when the directory of the
     * database was made, and one with SELECT on the sequences of the incident's tables how far they have counted; this
     * takes a short lock on each of at most 200 of them, and on no table.
     */
    public ScopeProbe scope() {
        return new CatalogScope(sessions);
    }

    /**
     * {@return the probe {@code postgres.deletion-stats}}
     *
     * <p>The counters of every user table from {@code pg_stat_all_tables}, and since when they are valid: a crash or a
     * restore discards them ({@code pgstat_discard_stats}, src/backend/utils/activity/pgstat.c), a reset zeroes them.
     * They count attempts, rolled back or not, and lag behind other sessions.
     *
     * <p>Needs a role that may connect.
     */
    public DeletionStatsProbe deletionStats() {
        return new CumulativeStats(sessions);
    }

    /** {@return all of its probes that do no harm} */
    @Override
    public List<Probe<?>> probes() {
        return List.of(deletionStats(), scope(), activity(), statementStatistics(), storedCode());
    }

    /** {@return where it leads to, without user and password} */
    @Override
    public String toString() {
        return "Postgres[" + sessions + "]";
    }

    /**
     * {@return the probe {@code postgres.activity}}
     *
     * <p>Who is at work in which database, who runs a destructive statement or has an open transaction in which it did, who
     * keeps deleted rows from being removed (sessions, prepared transactions, replication slots: they must not be ended),
     * and which vacuums remove them right now. Sessions of this library with the same role are left out.
     *
     * <p>Needs a role that may connect. Without {@code pg_read_all_stats} (a part of {@code pg_monitor}) the server keeps
     * state and statement of other roles' sessions to itself; how many are hidden is then a gap. Statements are cut at
     * {@code track_activity_query_size}, 1,024 bytes unless set.
     */
    public Probe<ServerActivity> activity() {
        return new CurrentActivity(sessions);
    }

    /**
     * {@return the probe {@code postgres.statement-statistics}}
     *
     * <p>The destructive statements that {@code pg_stat_statements} counted in this database, from whatever schema and
     * version of the extension: who ran them how often, and how many rows they hit, rolled back or not. A cascade of a
     * foreign key is told from a statement of a client where the server tracks it. What it can not tell is a gap: what
     * functions and {@code DO} blocks do under {@code track = top}, what was evicted, what a crash discarded.
     *
     * <p>Needs the library preloaded before the loss, and a role that may connect. Without {@code pg_read_all_stats} the
     * texts of other roles' statements are hidden; how many is then a gap.
     */
    public Probe<StatementStatistics> statementStatistics() {
        return new CountedStatements(sessions);
    }

    /**
     * {@return the probe {@code postgres.stored-code}}
     *
     * <p>The code that the database itself stores, as far as it deletes, hides or prevents: triggers, rules, policies, event
     * triggers, functions and procedures of whatever language with the statements recognised in their source, and the jobs
     * of {@code pg_cron} with their newest runs. What belongs to an extension is left out. It is read from the catalogs
     * without locking a table, where the server's own functions for definitions would lock it.
     *
     * <p>Needs a role that may connect. The tables of {@code pg_cron} are the only ones that are read as tables, and only
     * if they are no part of the incident; they need SELECT, and BYPASSRLS to see the jobs of other roles.
     */
    public Probe<StoredCode> storedCode() {
        return new CatalogCode(sessions);
    }
}
