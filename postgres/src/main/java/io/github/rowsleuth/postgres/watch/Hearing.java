package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Gap;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Brings together what the witnesses saw: each loss once, with everything that is known of it. */
final class Hearing {

    private final Catalog before;
    private final Catalog after;
    private final List<Sighting> sightings = new ArrayList<>();
    private final List<BlindSpot> blindSpots = new ArrayList<>();
    private Map<Long, Author> alterations = Map.of();

    Hearing(Catalog before, Catalog after) {
        this.before = before;
        this.after = after;
    }

    /** Of what was seen without anybody who did it. */
    static Deletions of(List<Sighting> sightings, List<BlindSpot> blindSpots, Catalog before, Catalog after) {
        Hearing hearing = new Hearing(before, after);
        hearing.alone(new Testimony(sightings, blindSpots));
        return hearing.deletions(Cascades.NONE);
    }

    /** Takes what the triggers saw, those of truncated tables that were empty apart. */
    void triggers(TriggerLog.Contents contents) {
        contents.sightings().stream().filter(s -> s.rows().orElse(1L) > 0).forEach(sightings::add);
        alterations = contents.alterations();
    }

    /** Takes what somebody saw for himself. */
    void alone(Testimony testimony) {
        sightings.addAll(testimony.sightings());
        blindSpots.addAll(testimony.blindSpots());
    }

    void add(Stream<Sighting> more) {
        more.forEach(sightings::add);
    }

    void blind(List<BlindSpot> spots) {
        blindSpots.addAll(spots);
    }

    /** Takes what is missing from the catalogs, unless it was seen when it happened. */
    void catalogs() {
        Set<String> seen = new HashSet<>();
        sightings.forEach(s -> seen.add(s.kind() + " " + s.subject()));
        CatalogDifference.between(before, after).stream()
                .filter(loss -> !seen.contains(loss.kind() + " " + loss.subject()))
                .map(loss -> loss.by(alteration(loss)))
                .forEach(sightings::add);
    }

    // DETACH is an ALTER TABLE of the parent.
    private Optional<Author> alteration(Sighting loss) {
        if (loss.kind() != DeletionKind.DETACH_PARTITION && loss.kind() != DeletionKind.DROP_COLUMN) {
            return loss.author();
        }
        Stream<Long> parents = before.relation(loss.relation()).map(Relation::parents).orElse(List.of()).stream();
        return Stream.concat(parents, Stream.of(loss.relation()))
                .flatMap(oid -> Optional.ofNullable(alterations.get(oid)).stream())
                .findFirst();
    }

    private void foreignTables() {
        String foreign = after.names(relation -> relation.kind() == 'f');
        if (!foreign.isEmpty()) {
            blindSpots.add(new BlindSpot(
                    new Gap(
                            "watch.catalogs",
                            "rows of " + foreign + " are in another database",
                            "what was deleted there was seen only if it is this database in disguise",
                            "watch that database as well"),
                    false));
        }
    }

    Deletions deletions(WatchSession session) throws SQLException {
        return deletions(Cascades.among(sightings, after, session));
    }

    private Deletions deletions(Cascades cascades) {
        foreignTables();
        return new Deletions(
                sightings.stream().map(s -> deletion(s, cascades.of(s))).toList(), blindSpots);
    }

    private Deletion deletion(Sighting sighting, Optional<Cascade> cascade) {
        long oid = sighting.relation();
        Optional<TableName> table = relation(oid).map(Relation::name).or(() -> asTable(sighting));
        Catalog known = before.relation(oid).isPresent() ? before : after;
        Optional<TableName> root = Optional.of(known.root(oid))
                .filter(r -> r != oid)
                .flatMap(known::relation)
                .map(Relation::name);
        boolean newTable = oid != 0 && before.relation(oid).isEmpty();
        return Deletion.builder()
                .kind(sighting.kind())
                .subject(sighting.subject())
                .table(table)
                .root(root)
                .rows(sighting.rows())
                .bornMeanwhile(sighting.born())
                .bornEntirely(newTable
                        || sighting.rows().filter(n -> n == sighting.born()).isPresent())
                .end(sighting.end())
                .author(sighting.author())
                .cascade(cascade)
                .sample(sighting.sample())
                .columns(known.columnsOf(oid))
                .remark(sighting.remark())
                .build();
    }

    private Optional<Relation> relation(long oid) {
        return after.relation(oid).or(() -> before.relation(oid));
    }

    /** A table that neither catalog has: it came and went meanwhile. */
    private static Optional<TableName> asTable(Sighting sighting) {
        return sighting.relation() == 0 || sighting.kind() == DeletionKind.DROP_COLUMN
                ? Optional.empty()
                : Optional.of(TableName.parse(sighting.subject()));
    }
}
