package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.probe.AppliedMigrations;
import io.github.rowsleuth.probe.AppliedMigrations.Completeness;
import io.github.rowsleuth.probe.AppliedMigrations.Entry;
import io.github.rowsleuth.probe.AppliedMigrations.State;
import io.github.rowsleuth.probe.AppliedMigrations.VersionTable;
import io.github.rowsleuth.probe.Migration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Tells by the version tables of a database which migrations it has. */
public final class VersionTables {

    /** Tools whose tables look alike: one is as good as the other. */
    private static final Map<String, Set<String>> ALIKE = Map.of(
            "rails", Set.of("rails", "dbmate"),
            "sqlx", Set.of("sqlx", "sql", "golang-migrate"),
            "node-pg-migrate", Set.of("node-pg-migrate"),
            "sql-migrate", Set.of("sql-migrate"));

    /**
     * Whether the database has a migration.
     *
     * @param standing whether it has it
     * @param applied when it was applied
     * @param place its place in the order of application, from 1
     * @param evidence where the version table was recorded
     */
    public record Standing(
            Migration.Standing standing, Optional<Instant> applied, OptionalInt place, List<EvidenceId> evidence) {

        /** Copies the list. */
        public Standing {
            evidence = List.copyOf(evidence);
        }

        static final Standing UNKNOWN =
                new Standing(Migration.Standing.UNKNOWN, Optional.empty(), OptionalInt.empty(), List.of());
    }

    private final Map<FoundMigration, Standing> standings = new HashMap<>();

    private VersionTables() {}

    /**
     * {@return what the tables tell of the migrations}
     *
     * @param answers the tables that were read
     * @param found the migrations, in their order
     */
    public static VersionTables of(List<AppliedMigrations> answers, List<FoundMigration> found) {
        VersionTables all = new VersionTables();
        for (AppliedMigrations answer : answers) {
            for (VersionTable table : answer.tables()) {
                Set<String> tools = ALIKE.getOrDefault(table.tool(), Set.of(table.tool()));
                List<FoundMigration> own =
                        found.stream().filter(m -> tools.contains(m.tool())).toList();
                if (table.completeness() == Completeness.EVERY_MIGRATION) {
                    all.every(table, own);
                } else {
                    all.lastOnly(table, own);
                }
            }
        }
        return all;
    }

    private void every(VersionTable table, List<FoundMigration> own) {
        Map<String, Integer> byKey = new HashMap<>();
        for (int i = 0; i < table.entries().size(); i++) {
            Entry entry = table.entries().get(i);
            byKey.putIfAbsent(normal(entry.version()), i);
            int at = i;
            entry.description().ifPresent(d -> byKey.putIfAbsent(normal(d), at));
        }
        for (FoundMigration migration : own) {
            Optional<Integer> at = keys(migration).stream()
                    .map(byKey::get)
                    .filter(java.util.Objects::nonNull)
                    .findFirst();
            standings.put(migration, at.map(i -> standing(table, i)).orElseGet(() -> pending(migration, table)));
        }
    }

    private static Standing standing(VersionTable table, int index) {
        Entry entry = table.entries().get(index);
        Migration.Standing standing = switch (entry.state()) {
            case APPLIED -> Migration.Standing.APPLIED;
            case FAILED -> Migration.Standing.FAILED;
            case ROLLED_BACK -> Migration.Standing.ROLLED_BACK;
        };
        OptionalInt place = entry.place().isPresent() ? entry.place() : OptionalInt.of(index + 1);
        return new Standing(standing, entry.installed(), place, table.evidence());
    }

    private static Standing pending(FoundMigration migration, VersionTable table) {
        return migration.loaded()
                ? new Standing(Migration.Standing.PENDING, Optional.empty(), OptionalInt.empty(), table.evidence())
                : Standing.UNKNOWN;
    }

    /** The last revision, and all that it names before it, or else all of a smaller version. */
    private void lastOnly(VersionTable table, List<FoundMigration> own) {
        List<FoundMigration> ordered = MigrationOrder.of(own);
        Set<FoundMigration> applied = new HashSet<>();
        boolean failed = false;
        for (Entry entry : table.entries()) {
            failed |= entry.state() == State.FAILED;
            Optional<FoundMigration> last = ordered.stream()
                    .filter(m -> keys(m).contains(normal(entry.version())))
                    .findFirst();
            if (last.isPresent() && ordered.stream().anyMatch(m -> !m.after().isEmpty())) {
                applied.addAll(withAncestors(last.get(), ordered));
            } else if (last.isPresent()) {
                applied.addAll(ordered.subList(0, ordered.indexOf(last.get()) + 1));
            }
        }
        int place = 0;
        for (FoundMigration migration : ordered) {
            boolean has = applied.contains(migration);
            standings.put(
                    migration,
                    has
                            ? new Standing(
                                    Migration.Standing.APPLIED,
                                    Optional.empty(),
                                    OptionalInt.of(++place),
                                    table.evidence())
                            : pending(migration, table));
        }
        if (failed) {
            table.entries().stream()
                    .filter(e -> e.state() == State.FAILED)
                    .forEach(e -> ordered.stream()
                            .filter(m -> keys(m).contains(normal(e.version())))
                            .forEach(m -> standings.put(
                                    m, standing(table, table.entries().indexOf(e)))));
        }
    }

    private static Set<FoundMigration> withAncestors(FoundMigration last, List<FoundMigration> all) {
        Map<String, FoundMigration> byRevision = new HashMap<>();
        all.forEach(m -> byRevision.putIfAbsent(m.revision(), m));
        Set<FoundMigration> reached = new HashSet<>();
        Deque<FoundMigration> open = new ArrayDeque<>(List.of(last));
        while (!open.isEmpty()) {
            FoundMigration next = open.pop();
            if (reached.add(next)) {
                next.after().stream()
                        .map(byRevision::get)
                        .filter(java.util.Objects::nonNull)
                        .forEach(open::push);
            }
        }
        return reached;
    }

    /** The ways in which a version table may name a migration. */
    private static List<String> keys(FoundMigration migration) {
        String name = migration.file().name();
        String stem = name.replaceAll("\\.\\w+$", "");
        List<String> keys =
                new ArrayList<>(List.of(migration.revision(), name, stem, stem.replaceAll("\\.(?:up|down)$", "")));
        String digits = stem.replaceAll("^[VvRr]?(\\d+).*", "$1");
        if (digits.matches("\\d+")) {
            keys.add(digits);
            keys.add(digits.replaceAll("^0+(?=\\d)", ""));
        }
        if (migration.tool().equals("drizzle")) {
            migration.declared().ifPresent(d -> keys.add(String.valueOf(d.toEpochMilli())));
        }
        return keys.stream().map(VersionTables::normal).toList();
    }

    private static String normal(String version) {
        return version.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return whether the database has a migration, as far as a table tells}
     *
     * @param migration one of those that this was made for
     */
    public Standing of(FoundMigration migration) {
        return standings.getOrDefault(migration, Standing.UNKNOWN);
    }
}
