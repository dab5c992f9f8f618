package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.sql.DestructiveStatements;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Tells which deletions came along a foreign key. The server fires a trigger for those at the end of the statement, as for
 * any other, so that it must be concluded: the statement does not name the table, and a table that its foreign key refers
 * to lost rows in the same statement.
 */
final class Cascades {

    private static final String FOREIGN_KEYS = """
            select conrelid::bigint, confrelid::bigint, conname, confdeltype = 'c' from pg_constraint where contype = 'f'
             order by conname""";

    static final Cascades NONE = new Cascades(List.of(), List.of(), Catalog.UNREAD);

    private record ForeignKey(long from, long to, String name, boolean cascades) {}

    private final List<ForeignKey> keys;
    private final List<Sighting> sightings;
    private final Catalog catalog;

    private Cascades(List<ForeignKey> keys, List<Sighting> sightings, Catalog catalog) {
        this.keys = keys;
        this.sightings = sightings;
        this.catalog = catalog;
    }

    static Cascades among(List<Sighting> sightings, Catalog catalog, WatchSession session) throws SQLException {
        boolean several = sightings.stream()
                        .filter(s -> s.author().isPresent())
                        .map(Sighting::relation)
                        .distinct()
                        .count()
                > 1;
        List<ForeignKey> keys = several
                ? session.rows(
                        FOREIGN_KEYS,
                        row -> new ForeignKey(row.getLong(1), row.getLong(2), row.getString(3), row.getBoolean(4)))
                : List.of();
        return new Cascades(keys, sightings, catalog);
    }

    Optional<Cascade> of(Sighting sighting) {
        if (keys.isEmpty() || sighting.author().isEmpty() || named(sighting)) {
            return Optional.empty();
        }
        long child = catalog.root(sighting.relation());
        return keys.stream()
                .filter(key -> catalog.root(key.from()) == child && catalog.root(key.to()) != child)
                .filter(key -> key.cascades() || sighting.kind() == DeletionKind.TRUNCATE)
                .flatMap(key -> origin(sighting, key).stream())
                .findFirst();
    }

    private Optional<Cascade> origin(Sighting sighting, ForeignKey key) {
        return sightings.stream()
                .filter(other -> other.kind() == sighting.kind() && sameStatement(other, sighting))
                .filter(other -> catalog.root(other.relation()) == catalog.root(key.to()))
                .findFirst()
                .flatMap(other -> catalog.relation(other.relation()))
                .map(relation -> new Cascade(relation.name(), key.name()));
    }

    private static boolean sameStatement(Sighting one, Sighting other) {
        return one.author().map(Author::transaction).equals(other.author().map(Author::transaction))
                && one.author().flatMap(Author::statement).equals(other.author().flatMap(Author::statement))
                && one.stack().equals(other.stack())
                && one.end() == TransactionEnd.COMMITTED;
    }

    private boolean named(Sighting sighting) {
        String statement = sighting.author()
                .flatMap(Author::statement)
                .map(Object::toString)
                .orElse("");
        List<TableName> names = List.of(sighting.relation(), catalog.root(sighting.relation())).stream()
                .flatMap(oid -> catalog.relation(oid).stream())
                .map(Relation::name)
                .toList();
        return DestructiveStatements.in(statement).stream()
                .flatMap(s -> s.tables().stream())
                .anyMatch(named -> names.stream().anyMatch(named::matches));
    }
}
