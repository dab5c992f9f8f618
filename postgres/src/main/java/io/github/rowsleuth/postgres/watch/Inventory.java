package io.github.rowsleuth.postgres.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What a database has, and what its server has counted, at one moment: tables, columns, partitions, large objects, and the
 * cumulative statistics. The watch for production: two of them, an hour or a day apart, tell what was deleted meanwhile.
 *
 * <pre>{@code
 * Inventory now = Inventory.of(dataSource);
 * Deletions deletions = now.since(Inventory.read(file));
 * now.write(file);
 * deletions.violations(noDeletions().allowing("public.sessions", 100_000)).throwIfPresent();
 * }</pre>
 *
 * <p><b>It does no harm.</b> It reads system catalogs and statistics in one short read-only transaction, and no table of
 * a user: nothing is pruned, nothing waits for it.
 *
 * <p><b>What it can not tell.</b> Who deleted, and whether a deletion was rolled back: {@code n_tup_del} counts attempts. A
 * session hands in its counts when it ends, or up to a minute later while it is busy; what comes late is seen by the next
 * inventory. A crash or a reset discards counters; that is a blind spot of {@link #since(Inventory)}. How many rows a
 * TRUNCATE took is an estimate.
 *
 * <p>Needs a role that may connect. Immutable.
 */
public final class Inventory {

    private static final String IDENTITY = """
            select (select system_identifier from pg_control_system())
                   || '/' || (select oid from pg_database where datname = current_database()),
                   coalesce((select stats_reset from pg_stat_bgwriter)::text, '')
                   || ' ' || coalesce((select stats_reset from pg_stat_database where datname = current_database())::text, ''),
                   now()""";

    private static final String COUNTERS = """
            select c.oid, pg_stat_get_tuples_inserted(c.oid), pg_stat_get_tuples_deleted(c.oid),
                   pg_stat_get_live_tuples(c.oid)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'r' and c.relpersistence <> 't'
               and n.nspname not in ('information_schema', 'rowsleuth_watch') and n.nspname !~ '^pg_'""";

    /**
     * The cumulative statistics of a table.
     *
     * @param inserted {@code n_tup_ins}
     * @param deleted {@code n_tup_del}
     * @param live {@code n_live_tup}
     */
    record Counters(long inserted, long deleted, long live) {}

    /**
     * Which database it is, and since when its counters count.
     *
     * @param database the identity of cluster and database
     * @param countersSince changes when counters were reset or discarded
     * @param taken when, by the server's clock
     */
    record Identity(String database, String countersSince, Instant taken) {}

    private final Identity identity;
    private final Catalog catalog;
    private final Map<Long, Counters> counters;

    Inventory(Identity identity, Catalog catalog, Map<Long, Counters> counters) {
        this.identity = identity;
        this.catalog = catalog;
        this.counters = Map.copyOf(counters);
    }

    /**
     * {@return the inventory of the database that the data source leads to}
     *
     * @param source gives connections of the PostgreSQL driver
     * @throws WatchException if the database can not be read
     */
    public static Inventory of(DataSource source) {
        try (WatchSession session = WatchSession.open(source, "rowsleuth inventory")) {
            return session.inReadOnlyTransaction(() -> read(session));
        } catch (SQLException e) {
            throw Refusals.ofWatch(e);
        }
    }

    private static Inventory read(WatchSession session) throws SQLException {
        Identity identity = session.row(
                IDENTITY,
                row -> new Identity(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()));
        Map<Long, Counters> counters = new HashMap<>();
        session.rows(
                        COUNTERS,
                        row -> Map.entry(row.getLong(1), new Counters(row.getLong(2), row.getLong(3), row.getLong(4))))
                .forEach(entry -> counters.put(entry.getKey(), entry.getValue()));
        return new Inventory(identity, Catalog.read(session), counters);
    }

    /** {@return when it was taken, by the server's clock} */
    public Instant taken() {
        return identity.taken();
    }

    /**
     * {@return what was deleted between an earlier inventory and this one}
     *
     * @param earlier of the same database
     */
    public Deletions since(Inventory earlier) {
        return new InventoryDifference(earlier, this).deletions();
    }

    /**
     * Keeps it for the next run, in place of what the file held.
     *
     * @param file where; names of tables and columns are in it, and no values
     * @throws IOException if the file can not be written
     */
    public void write(Path file) throws IOException {
        InventoryFile.write(this, file);
    }

    /**
     * {@return the inventory that an earlier run kept}
     *
     * @param file where {@link #write(Path)} put it
     * @throws IOException if the file can not be read, or holds something else
     */
    public static Inventory read(Path file) throws IOException {
        return InventoryFile.read(file);
    }

    Identity identity() {
        return identity;
    }

    Catalog catalog() {
        return catalog;
    }

    Map<Long, Counters> counters() {
        return counters;
    }

    Optional<Counters> counters(long table) {
        return Optional.ofNullable(counters.get(table));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Inventory that
                && identity.equals(that.identity)
                && catalog.equals(that.catalog)
                && counters.equals(that.counters);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    /** {@return how much there was, and when} */
    @Override
    public String toString() {
        return "Inventory[" + catalog.relations().size() + " tables, " + identity.taken() + "]";
    }
}
