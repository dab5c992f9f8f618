package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.AppliedMigrations;
import io.github.rowsleuth.probe.DeletionStatsProbe;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import io.github.rowsleuth.probe.RowCounts;
import io.github.rowsleuth.probe.ScopeProbe;
import io.github.rowsleuth.server.ServerActivity;
import io.github.rowsleuth.server.StatementStatistics;
import io.github.rowsleuth.server.StoredCode;
import io.github.rowsleuth.server.Tombstones;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.ClockTable;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.WalTransactions;
import java.nio.file.Path;
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
 * <p><b>It does no harm.</b> No probe of {@link #probes()} reads the rows of a user table or
 * plans a query over one: a plain {@code SELECT} prunes deleted rows off their pages ({@code heap_page_prune_opt},
 * src/backend/access/heap/pruneheap.c). Every probe opens a connection of its own, works in short read-only
 * transactions with time limits, rolls them back and closes the connection. Never are two open at once.
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
    private final PageOptions pages;

    private Postgres(Sessions sessions, PageOptions pages) {
        this.sessions = sessions;
        this.pages = pages;
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
        return new Postgres(new Sessions(source, Limits.DEFAULT), PageOptions.DEFAULT);
    }

    /**
     * {@return the same database, with another limit on each statement; 5 seconds unless set}
     *
     * @param timeout for {@code statement_timeout}; a probe that has less time left takes that
     * @throws IllegalArgumentException unless it is at least a millisecond and at most an hour
     */
    public Postgres withStatementTimeout(Duration timeout) {
        return new Postgres(sessions.with(sessions.limits().withStatement(timeout)), pages);
    }

    /**
     * {@return the same database, with another limit on waiting for a lock; 200 milliseconds unless set}
     *
     * @param timeout for {@code lock_timeout}
     * @throws IllegalArgumentException unless it is at least a millisecond and at most an hour
     */
    public Postgres withLockTimeout(Duration timeout) {
        return new Postgres(sessions.with(sessions.limits().withLock(timeout)), pages);
    }

    /**
     * {@return the way to this database for other sources of evidence, such as {@code PostgresLogs.ofServer(…)}; nothing
     * connects yet}
     *
     * <p>Of a URL, its connections have the limits of {@link #at(String)}: 5 seconds to connect, 10 to log in, 30 for an
     * answer, unless the URL sets others. What is done with them is up to whoever takes them: they are neither read-only
     * nor do they take turns with the probes. Of a data source, it is that one.
     */
    public DataSource dataSource() {
        return sessions.dataSource();
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
        return List.of(
                deletionStats(),
                scope(),
                writeAheadLog(),
                activity(),
                statementStatistics(),
                storedCode(),
                tombstones(),
                walTransactions(),
                deadRows());
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
     * {@return the probe {@code postgres.dead-rows}}
     *
     * <p>What still lies on the pages of the incident's tables and their partitions: live rows, deleted rows whose data can
     * be recovered, dead rows whose data was pruned, and which transactions deleted how many rows of which tables. Raw
     * pages are copied out of the server and read here, because reading the rows in the ordinary way would prune them. It
     * takes a short ACCESS SHARE lock for each page, writes nothing, and counts in no statistics but
     * {@code pg_statio_all_tables}. Pages pass through the server's buffers as those of any query do.
     *
     * <p><b>Needs</b> the extension pageinspect in this database, in any schema, and a superuser: its functions ask for
     * one whatever was granted (contrib/pageinspect/rawpage.c). For a weaker role a superuser may install this function,
     * which the probe finds by its name. It reads pages of user tables only, but of all of them, past privileges and
     * row-level security, for whoever may execute it. The probe calls it only if it is owned by a superuser, is SECURITY
     * DEFINER and has exactly this search_path; if it is missing, the outcome holds these statements, fit for the server.
     *
     * <pre>{@code
     * CREATE SCHEMA IF NOT EXISTS rowsleuth;
     * CREATE EXTENSION IF NOT EXISTS pageinspect SCHEMA rowsleuth;  -- if it lies elsewhere, name that schema below
     * CREATE OR REPLACE FUNCTION rowsleuth.raw_page(relation regclass, block bigint) RETURNS bytea
     *     LANGUAGE sql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp
     *     AS $$ SELECT rowsleuth.get_raw_page(relation::text, 'main'::text, block)  -- on 13: block::int
     *            WHERE relation::oid >= 16384 $$;  -- no system catalogs: they hold password hashes
     * REVOKE ALL ON FUNCTION rowsleuth.raw_page(regclass, bigint) FROM PUBLIC;
     * GRANT USAGE ON SCHEMA rowsleuth TO auditor;
     * GRANT EXECUTE ON FUNCTION rowsleuth.raw_page(regclass, bigint) TO auditor;
     * }</pre>
     *
     * <p><b>Can not see</b> rows that vacuum or an ordinary read has removed already, tables that were truncated, rewritten
     * or dropped, tables of other access methods, and which subtransactions belong together once they have ended.
     *
     * @see #withPageLimit(long)
     * @see #keepingPagesIn(Path)
     */
    public Probe<DeadRows> deadRows() {
        return new DeadRowsOnPages(sessions, pages);
    }

    /**
     * {@return the same database, with another limit on the pages that {@link #deadRows()} reads; 131,072 unless set, which
     * is 1 GB with the usual page size}
     *
     * <p>Small tables are read first. Where the limit comes before the end, the answer is partial and says so.
     *
     * @param limit how many pages in all, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public Postgres withPageLimit(long limit) {
        return new Postgres(sessions, pages.withLimit(limit));
    }

    /**
     * {@return the same database, where {@link #deadRows()} also keeps the pages it reads, and those of the TOAST tables}
     *
     * <p>One file for each table, its pages one after the other as the server has them in memory, and beside it a text with the
     * server, the relation, positions in the write-ahead log and the SHA-256 of the file. Existing files are never touched;
     * new ones are readable by their owner alone. They hold rows in plain sight: keep them as you keep the database. Long
     * values lie in the file of the TOAST table.
     *
     * @param folder an existing folder, with room for the tables
     * @throws IllegalArgumentException if it is no folder, or a symbolic link
     */
    public Postgres keepingPagesIn(Path folder) {
        return new Postgres(sessions, pages.keepingIn(folder));
    }

    /**
     * {@return the probe {@code postgres.row-counts}, which is not one of {@link #probes()}: it destroys evidence}
     *
     * <p>It runs {@code SELECT count(*)} on each table of the incident and each partition, after all other probes. On a
     * primary such a read <b>removes the data of deleted rows</b>, and of old versions of updated ones, from every page
     * that is nearly full (less than a tenth, or than the table's fillfactor leaves, is free), as soon as no open snapshot
     * can see them any more ({@code heap_page_prune_opt}, src/backend/access/heap/pruneheap.c); it sets hint bits, and with
     * data checksums it writes every page it so touches to the write-ahead log, which pushes older log out. What it prunes
     * can not be recovered from the table any more.
     *
     * <p>Therefore it refuses, with a gap, to count a table whose pages this role can read but which were not kept whole in
     * the same run: ask for {@link #keepingPagesIn(Path)} and {@link #deadRows()} as well, or do not count. Where the role can
     * not read pages, it counts, and a gap says what that may have cost. On a standby nothing is pruned, and it counts
     * freely.
     *
     * <p><b>Needs</b> SELECT on the tables, and that row-level security does not apply to the role: where it would hide rows,
     * the server refuses, because {@code row_security} is off in every session. Each table is counted in a transaction of its
     * own, within the limit of {@link #withStatementTimeout(Duration)}.
     */
    public Probe<RowCounts> countRows() {
        return new RowCounter(sessions);
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

    /**
     * {@return the probe {@code postgres.applied-migrations}, which is never among {@link #probes()}}
     *
     * <p>The version tables of Alembic, Django, Flyway, Liquibase, Rails, Prisma, Drizzle, Supabase, Ecto, Knex, Sequelize,
     * TypeORM, Laravel, Entity Framework Core, golang-migrate, goose, dbmate and others, found by name and columns in any
     * schema. With this answer at hand, a probe of migrations tells applied ones from pending ones. A time of application is
     * given only where the table keeps it with its time zone, or the tool always writes UTC.
     *
     * <p><b>This reads user tables</b>, as {@code SELECT} does: deleted rows of a version table may be pruned and are then
     * lost; what a downgrade took out of one is such a row. It runs last of all probes of a database, and leaves a version
     * table alone that belongs to the incident.
     *
     * <p>Needs {@code SELECT} on the version tables.
     */
    public Probe<AppliedMigrations> appliedMigrations() {
        return new VersionTableReading(sessions);
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
