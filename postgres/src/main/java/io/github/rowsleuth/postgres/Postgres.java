package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.DeletionStatsProbe;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import io.github.rowsleuth.probe.ScopeProbe;
import io.github.rowsleuth.server.Tombstones;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.ClockTable;
import io.github.rowsleuth.transaction.WalTransactions;
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
 * <p><b>It does no harm.</b> No probe of {@link #probes()} reads a user table, takes a lock on one, or plans a query over one: a plain
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
     * <p>Every user table with its identity, file and last catalog transaction, the foreign keys, and the identity and
     * age of cluster and database, all from system catalogs in a fixed number of statements. A table of the incident
     * that is not there is answered with the names nearest to it.
     *
     * <p>Needs a role that may connect. A role that may execute {@code pg_stat_file} also learns when the directory of the
     * database was made.
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

    /** {@return {@link #scope()}, {@link #deletionStats()}, {@link #writeAheadLog()}, {@link #tombstones()} and {@link #walTransactions()}} */
    @Override
    public List<Probe<?>> probes() {
        return List.of(deletionStats(), scope(), writeAheadLog(), tombstones(), walTransactions());
    }

    /** {@return where it leads to, without user and password} */
    @Override
    public String toString() {
        return "Postgres[" + sessions + "]";
    }

    /**
     * {@return the probe {@code postgres.wal-state}}
     *
     * <p>How much of the write-ahead log lies in {@code pg_wal}, what keeps it and what the archiver did; and a few
     * transaction ids with their time, from {@code pg_control_checkpoint()} and, where {@code track_commit_timestamp} is
     * on, {@code pg_last_committed_xact()}. Reads no record of the log. On a standby it tells of the standby.
     *
     * <p>Needs a role that may connect; how far back the files reach needs {@code pg_monitor}, for
     * {@code pg_ls_waldir()} (PostgreSQL documentation, "Generic File Access Functions").
     */
    public Probe<WriteAheadLog> writeAheadLog() {
        return new LogState(sessions);
    }

    /**
     * {@return the probe {@code postgres.tombstones}}
     *
     * <p>Marks of files of this database that were removed: files of no length that belong to no relation, which a
     * {@code DROP}, a {@code TRUNCATE} or a rewrite leaves until the next checkpoint (src/backend/storage/smgr/md.c,
     * mdunlinkfork), in every tablespace; and, from PostgreSQL 17 on, what the summaries of the write-ahead log say of
     * created and removed files for as long as they are kept, ten days unless set.
     *
     * <p>The summaries need a role that may connect. Listing files needs a superuser, or
     * {@code EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text, boolean, boolean), pg_catalog.pg_stat_file(text, boolean)}.
     */
    public Probe<Tombstones> tombstones() {
        return new RemovedFiles(sessions);
    }

    /**
     * {@return the probe {@code postgres.wal}}
     *
     * <p>The transactions that deleted rows, truncated, dropped or rewrote tables, or tried to, from the records of the
     * write-ahead log: their ids, ends, times to the microsecond, tables, counts of rows and positions; and which records
     * cleared deleted rows from the pages afterwards. PostgreSQL 15 and newer with the extension {@code pg_walinspect}, of
     * any version, in any schema; the probe never creates it. Only files that still lie in {@code pg_wal} can be read, from
     * where the time of the incident begins; at the deadline it stops, and says how far it came.
     *
     * <p>Names of dropped tables come from old images of {@code pg_class} in the log (16 and newer) or, for superusers with
     * {@code pageinspect}, from its pages; else such a table goes by its file.
     *
     * <p>Needs a superuser, {@code pg_read_server_files}, or, better, {@code EXECUTE ON FUNCTION
     * pg_get_wal_records_info(pg_lsn, pg_lsn)} and, for those names, {@code pg_get_wal_block_info(pg_lsn, pg_lsn,
     * boolean)} (PostgreSQL documentation, "pg_walinspect"). With {@code pg_monitor} it need not look for the oldest file by
     * trial, of which each leaves an error in the server log.
     */
    public Probe<WalTransactions> walTransactions() {
        return new LogTransactions(sessions);
    }

    /**
     * {@return the probe {@code postgres.clock-table}, which is never among {@link #probes()}}
     *
     * <p>Dates transactions by the rows of a table that only grows, such as a log of events: each row bears the id that
     * inserted it ({@code xmin}) and, in that column, when its transaction began. For servers without commit timestamps
     * whose write-ahead log is gone. Rows around the window of the incident are read, 10,000 at most; rows out of order,
     * because they were updated, are left out.
     *
     * <p><b>This reads a user table</b>, as {@code SELECT} does: deleted rows on the pages that it reads of this table, on
     * all of them where no index helps, may be pruned and are then lost. It runs last, is refused for tables of the
     * incident and their partitions, and should be refused by you for any table whose deleted rows may still matter.
     *
     * <p>Needs {@code SELECT} on the table, and a window with a beginning.
     *
     * @param table the table with its schema, as it would stand in SQL
     * @param column a column of type {@code timestamptz}, best with {@code DEFAULT now()}
     * @throws IllegalArgumentException if one is no such name
     */
    public Probe<ClockTable> clockTable(String table, String column) {
        return ClockReading.of(sessions, table, column);
    }
}
