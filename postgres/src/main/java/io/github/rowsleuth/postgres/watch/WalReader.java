package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.transaction.TransactionEnd;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the records of the write-ahead log with {@code pg_walinspect}, PostgreSQL 15 and newer. The extension is created
 * in a transaction that is rolled back, unless it is there: nothing of it stays.
 */
final class WalReader implements LogReader {

    private static final String SCHEMA = """
            select coalesce((select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
                              where e.extname = 'pg_walinspect'), '')""";

    private static final String INSPECTABLE = """
            select exists (select from pg_extension where extname = 'pg_walinspect')
                   or (select rolsuper from pg_roles where rolname = current_user)
                      and exists (select from pg_available_extensions where name = 'pg_walinspect')""";

    private record Found(String act, long file, String status, long rows, long system, List<String> relations) {}

    private final WatchSession session;
    private String start = "";
    private String seal = "";

    WalReader(WatchSession session) {
        this.session = session;
    }

    @Override
    public void begin() throws SQLException {
        try {
            session.text("select pg_create_physical_replication_slot('rowsleuth_' || pg_backend_pid(), true, true)");
            start = Fence.raise(session);
            if (!session.flag(INSPECTABLE)) {
                throw new SQLException("the extension pg_walinspect is not there, and may not be created", "42501");
            }
        } catch (SQLException e) {
            throw Refusals.ofWal(e);
        }
    }

    @Override
    public void seal() throws SQLException {
        seal = Fence.raise(session);
    }

    /** Something to be done where the extension is. */
    @FunctionalInterface
    private interface Inspection<T> {
        T in(String schema) throws SQLException;
    }

    private <T> T inspecting(Inspection<T> inspection) throws SQLException {
        return session.inTransactionRolledBack(() -> {
            String schema = session.text(SCHEMA);
            if (schema.isEmpty()) {
                session.execute("CREATE EXTENSION pg_walinspect SCHEMA pg_catalog");
                schema = "pg_catalog";
            }
            return inspection.in(schema);
        });
    }

    @Override
    public Testimony read(Catalog before, Catalog after) throws SQLException {
        List<Found> found = found();
        List<Sighting> sightings = new ArrayList<>(deletions(found, before, after));
        sightings.addAll(truncations(found, before, after));
        return new Testimony(sightings, Unlogged.blindSpots(before, after));
    }

    private List<Found> found() throws SQLException {
        try {
            return inspecting(schema -> session.rows(deleted(schema), WalReader::found, start, seal));
        } catch (SQLException e) {
            throw Refusals.ofWal(e);
        }
    }

    // A flag of 8 takes back a speculative insertion, one of 16 moves a row to another partition.
    private static String deleted(String schema) {
        return """
            with log as materialized (
              select xid, record_type, description, (regexp_match(block_ref, 'rel (\\d+)/(\\d+)/(\\d+)'))[2:3] as file,
                     resource_manager
                from %s.pg_get_wal_records_info(?::text::pg_lsn, ?::text::pg_lsn)
               where resource_manager in ('Heap', 'Standby')),
            deleted as (
              select xid, file, substring(description from 'flags:? 0x([0-9A-Fa-f]+)') as flags, count(*) as n
                from log where resource_manager = 'Heap' and record_type in ('DELETE', 'DELETE+INIT') group by 1, 2, 3),
            here as (
              select oid as db, (pg_snapshot_xmax(pg_current_snapshot())::text::bigint >> 32) << 32 as epoch
                from pg_database where datname = current_database())
            select 'DELETE', file[2]::bigint, coalesce(pg_xact_status((epoch + xid::text::bigint)::text::xid8), ''), sum(n),
                   coalesce(pg_filenode_relation(0, file[2]::oid)::oid::bigint, 0), '{}'::text[]
              from deleted, here
             where file[1]::oid = here.db and coalesce(('x' || lpad(flags, 8, '0'))::bit(32)::int, 0) & 24 = 0
             group by 1, 2, 3, 5
            union all
            select 'TRUNCATE', 0, coalesce(pg_xact_status((epoch + xid::text::bigint)::text::xid8), ''), 0, 0,
                   regexp_split_to_array(substring(description from 'relids:? \\[?([0-9, ]+)'), '[, ]+')
              from log, here where resource_manager = 'Heap' and record_type = 'TRUNCATE'
            union all
            select 'LOCK', 0, '', 0, 0, array(select m[1] from regexp_matches(description, 'rel (\\d+)', 'g') m)
              from log where resource_manager = 'Standby' and record_type = 'LOCK'""".formatted(schema);
    }

    private static Found found(ResultSet row) throws SQLException {
        Array relations = row.getArray(6);
        List<String> oids = relations == null
                ? List.of()
                : Arrays.stream((Object[]) relations.getArray())
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                        .filter(oid -> !oid.isBlank())
                        .toList();
        return new Found(row.getString(1), row.getLong(2), row.getString(3), row.getLong(4), row.getLong(5), oids);
    }

    private static List<Sighting> deletions(List<Found> found, Catalog before, Catalog after) {
        Map<Long, Relation> files = files(before, after);
        List<Sighting> sightings = new ArrayList<>();
        for (Found f : found) {
            if (f.act().equals("DELETE")) {
                Optional<Relation> relation = Optional.ofNullable(files.get(f.file()));
                // Values too long for their row, and rows of the catalogs: neither is a row of a table.
                if (relation.map(Relation::holdsRows).orElse(f.system() == 0)) {
                    sightings.add(deletion(f, relation));
                }
            }
        }
        return sightings;
    }

    private static Sighting deletion(Found found, Optional<Relation> relation) {
        Sighting sighting = Sighting.of(
                DeletionKind.DELETE,
                relation.map(Relation::oid).orElse(0L),
                relation.map(r -> r.name().toString()).orElse("a table whose file is gone"),
                Optional.of(found.rows()),
                end(found.status()));
        return relation.isPresent()
                ? sighting
                : sighting.remarking(
                        "it was created and dropped meanwhile, or got a new file twice; the old one had the number "
                                + found.file());
    }

    private static TransactionEnd end(String status) {
        return switch (status) {
            case "committed" -> TransactionEnd.COMMITTED;
            case "aborted" -> TransactionEnd.ABORTED;
            case "in progress" -> TransactionEnd.IN_PROGRESS;
            default -> TransactionEnd.UNKNOWN;
        };
    }

    private static Map<Long, Relation> files(Catalog before, Catalog after) {
        Map<Long, Relation> files = new HashMap<>();
        for (Catalog catalog : List.of(after, before)) {
            for (Relation relation : catalog.relations().values()) {
                files.put(relation.file(), relation);
                files.put(
                        relation.toastFile(),
                        new Relation(relation.oid(), relation.name(), 't', false, 0, 0, 0, List.of()));
            }
        }
        files.remove(0L);
        return files;
    }

    /**
     * A table with a new file was truncated, unless its rows were written to the new file: that is first a table of its
     * own whose identity is the file's number, and dropping it takes a lock, which is logged. With {@code wal_level =
     * logical} there is a record of the truncation itself, also for a table of the same transaction.
     */
    private static List<Sighting> truncations(List<Found> found, Catalog before, Catalog after) {
        Set<Long> truncated = new HashSet<>();
        Set<Long> locked = new HashSet<>();
        for (Found f : found) {
            if (f.act().equals("TRUNCATE") && f.status().equals("committed")) {
                f.relations().forEach(oid -> truncated.add(Long.valueOf(oid)));
            } else if (f.act().equals("LOCK")) {
                f.relations().forEach(oid -> locked.add(Long.valueOf(oid)));
            }
        }
        List<Sighting> sightings = new ArrayList<>();
        for (Relation was : before.relations().values()) {
            boolean emptied = after.relation(was.oid())
                    .filter(is -> is.kind() == 'r' && is.file() != was.file())
                    .filter(is -> is.tablespace() == was.tablespace() && !locked.contains(is.file()))
                    .isPresent();
            if (emptied || (truncated.contains(was.oid()) && was.kind() == 'r')) {
                sightings.add(Sighting.of(
                        DeletionKind.TRUNCATE,
                        was.oid(),
                        was.name().toString(),
                        Optional.empty(),
                        TransactionEnd.COMMITTED));
            }
        }
        return sightings;
    }
}
