package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes the write-ahead log with {@code test_decoding}: for PostgreSQL 13 and 14, which have no {@code pg_walinspect}.
 * It shows what committed, and nothing else.
 */
final class SlotReader implements LogReader {

    // The server cuts the line before the values of the row.
    private static final String CHANGES = """
            select coalesce(c[1], ''), coalesce(c[2], '')
              from (select regexp_match(data,
                           '^table ((?:(?:"(?:[^"]|"")*"|[^".:, ]+)(?:\\.|, )?)+): (DELETE|INSERT|UPDATE|TRUNCATE):') as c, lsn
                      from pg_logical_slot_peek_changes('rowsleuth_' || pg_backend_pid(), ?::text::pg_lsn, null,
                                                        'skip-empty-xacts', '1', 'include-timestamp', '0')
                     where data not like 'table rowsleuth\\_watch.%') x
             order by lsn""";

    private static final Pattern NAME =
            Pattern.compile("(\"(?:[^\"]|\"\")*\"|[^\".:, ]+)\\.(\"(?:[^\"]|\"\")*\"|[^\".:, ]+)");

    private record Change(String tables, String act) {}

    private final WatchSession session;
    private String seal = "";

    SlotReader(WatchSession session) {
        this.session = session;
    }

    @Override
    public void begin() throws SQLException {
        try {
            session.text(
                    "select pg_create_logical_replication_slot('rowsleuth_' || pg_backend_pid(), 'test_decoding', true)");
        } catch (SQLException e) {
            throw Refusals.ofSlot(e);
        }
    }

    @Override
    public void seal() throws SQLException {
        seal = Fence.raise(session);
    }

    @Override
    public Testimony read(Catalog before, Catalog after) throws SQLException {
        Map<String, Relation> names = new HashMap<>();
        List.of(after, before)
                .forEach(catalog -> catalog.relations()
                        .values()
                        .forEach(relation -> names.put(relation.name().toString(), relation)));
        List<Change> changes = session.rows(CHANGES, row -> new Change(row.getString(1), row.getString(2)), seal);
        return testimony(changes, names, before, after);
    }

    private static Testimony testimony(
            List<Change> changes, Map<String, Relation> names, Catalog before, Catalog after) {
        Map<String, Long> deleted = new LinkedHashMap<>();
        List<Sighting> sightings = new ArrayList<>();
        long moved = 0;
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (change.act().equals("DELETE")) {
                if (i + 1 < changes.size() && moves(change, changes.get(i + 1), names, after)) {
                    moved++;
                } else {
                    deleted.merge(change.tables(), 1L, Long::sum);
                }
            } else if (change.act().equals("TRUNCATE")) {
                sightings.addAll(truncated(change, names));
            }
        }
        deleted.forEach((table, rows) -> {
            Optional<Relation> relation = relation(table, names);
            if (relation.map(Relation::holdsRows).orElse(true)) {
                sightings.add(seen(DeletionKind.DELETE, table, relation, Optional.of(rows)));
            }
        });
        return new Testimony(sightings, blindSpots(before, after, moved));
    }

    /** An UPDATE that takes a row into another partition is written as a deletion and, at once, an insertion. */
    private static boolean moves(Change change, Change next, Map<String, Relation> names, Catalog catalog) {
        return next.act().equals("INSERT")
                && !next.tables().equals(change.tables())
                && root(change, names, catalog).isPresent()
                && root(change, names, catalog).equals(root(next, names, catalog));
    }

    private static Optional<Long> root(Change change, Map<String, Relation> names, Catalog catalog) {
        return relation(change.tables(), names)
                .map(Relation::oid)
                .map(catalog::root)
                .filter(root ->
                        catalog.relation(root).filter(r -> r.kind() == 'p').isPresent());
    }

    private static List<Sighting> truncated(Change change, Map<String, Relation> names) {
        List<Sighting> sightings = new ArrayList<>();
        Matcher name = NAME.matcher(change.tables());
        while (name.find()) {
            Optional<Relation> relation = relation(name.group(), names);
            if (relation.map(r -> r.kind() == 'r').orElse(true)) {
                sightings.add(seen(DeletionKind.TRUNCATE, name.group(), relation, Optional.empty()));
            }
        }
        return sightings;
    }

    private static Sighting seen(DeletionKind kind, String table, Optional<Relation> relation, Optional<Long> rows) {
        String subject = relation.map(r -> r.name().toString()).orElse(table);
        return Sighting.of(kind, relation.map(Relation::oid).orElse(0L), subject, rows, TransactionEnd.COMMITTED);
    }

    private static Optional<Relation> relation(String quoted, Map<String, Relation> names) {
        Matcher name = NAME.matcher(quoted);
        return name.matches()
                ? Optional.ofNullable(names.get(
                        TableName.of(plain(name.group(1)), plain(name.group(2))).toString()))
                : Optional.empty();
    }

    private static String plain(String identifier) {
        return identifier.startsWith("\"")
                ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
                : identifier;
    }

    private static List<BlindSpot> blindSpots(Catalog before, Catalog after, long moved) {
        List<BlindSpot> spots = new ArrayList<>(Unlogged.blindSpots(before, after));
        spots.add(new BlindSpot(
                new Gap(
                        "watch.slot",
                        "logical decoding shows committed transactions only",
                        "deletions that were rolled back, or whose transaction is still open, were not seen",
                        "watch with triggers, or on PostgreSQL 15 or newer"),
                false));
        if (moved > 0) {
            spots.add(new BlindSpot(
                    new Gap(
                            "watch.slot",
                            moved + " deletions were followed at once by an insertion into a partition beside theirs",
                            "they were taken for rows that an UPDATE moved",
                            "watch with triggers, or on PostgreSQL 15 or newer"),
                    false));
        }
        return spots;
    }
}
