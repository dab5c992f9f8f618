package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.DeletionStatsProbe;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import io.github.rowsleuth.probe.RowCounts;
import io.github.rowsleuth.probe.ScopeProbe;
import io.github.rowsleuth.transaction.DeadRows;
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
 * <p><b>It does no harm.</b> No probe but {@link #countRows()}, for which you have to ask, reads the rows of a user table or
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

    /** {@return {@link #scope()}, {@link #deletionStats()} and {@link #deadRows()}} */
    @Override
    public List<Probe<?>> probes() {
        return List.of(deletionStats(), scope(), deadRows());
    }

    /** {@return where it leads to, without user and password} */
    @Override
    public String toString() {
        return "Postgres[" + sessions + "]";
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
}
