package io.github.rowsleuth.postgres.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** 35 losses, 2 attempts and 11 things that only look like it, on every major and in every mode. */
class EveryDeletionIsSeenTest {

    private static final String FOOTPRINT = """
            select (select count(*) from pg_namespace where nspname like 'rowsleuth%')
                 + (select count(*) from pg_trigger where tgname like 'rowsleuth%')
                 + (select count(*) from pg_event_trigger) + (select count(*) from pg_extension where extname <> 'plpgsql')
                 + (select count(*) from pg_replication_slots where database = current_database()
                        or slot_name like 'rowsleuth%')""";

    private static final List<String> RESET = List.of(
            "drop schema public cascade", "create schema public", "select lo_unlink(oid) from pg_largeobject_metadata");

    static Stream<Arguments> everyWay() {
        return PostgresFixture.majors().stream()
                .flatMap(major -> Stream.of(WatchMode.NO_FOOTPRINT, WatchMode.TRIGGERS, WatchMode.STRICT)
                        .map(mode -> Arguments.of(major, mode)));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void every_scenario_is_seen_as_what_it_is(int major, WatchMode mode) throws Exception {
        Sandbox database = Sandbox.on(major);
        try (HikariDataSource pool = database.pool()) {
            scenarios(major, mode, database, pool);
        }
        if (mode == WatchMode.NO_FOOTPRINT) {
            assertThat(database.value(FOOTPRINT)).isEqualTo("0");
        }
    }

    private static void scenarios(int major, WatchMode mode, Sandbox database, HikariDataSource pool) throws Exception {
        WatchedDatabase watched = WatchedDatabase.of(pool).in(mode).settlingWithin(Duration.ofMillis(50));
        Map<String, List<String>> seen = new LinkedHashMap<>();
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (Scenario scenario : Scenarios.all()) {
            if (scenario.since() <= major) {
                seen.put(scenario.name(), seen(scenario, database, pool, watched));
                expected.put(scenario.name(), expected(scenario, major, mode));
            }
        }

        assertThat(seen).containsExactlyEntriesOf(expected);
        assertThat(seen).hasSize(major >= 15 ? 48 : 47);
        prepare(pool, RESET);
    }

    private static List<String> expected(Scenario scenario, int major, WatchMode mode) {
        List<String> expected = switch (mode) {
            case TRIGGERS -> scenario.seen();
            case NO_FOOTPRINT -> major >= 15 ? scenario.logged() : scenario.decoded();
            case STRICT -> strict(scenario, major);
        };
        return expected.stream().sorted().toList();
    }

    /** As the triggers see it, and the log tells which table was rolled back. */
    private static List<String> strict(Scenario scenario, int major) {
        List<String> expected = new ArrayList<>(scenario.seen());
        if (major >= 15 && expected.removeIf(line -> line.contains("tables not known"))) {
            scenario.logged().stream()
                    .filter(line -> line.endsWith("ABORTED") || line.endsWith("IN_PROGRESS"))
                    .forEach(expected::add);
        }
        return expected;
    }

    private static void prepare(DataSource pool, List<String> statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(String.join("; ", statements));
        }
    }

    private static List<String> seen(Scenario scenario, Sandbox database, DataSource pool, WatchedDatabase watched)
            throws Exception {
        prepare(pool, Stream.concat(RESET.stream(), scenario.setup().stream()).toList());
        try (Watch watch = watched.watch()) {
            try (AutoCloseable open = scenario.act().in(database)) {
                assertThat(open).isInstanceOf(AutoCloseable.class);
                return lines(watch.end());
            }
        }
    }

    private static List<String> lines(Deletions deletions) {
        Stream<String> seen = deletions.all().stream()
                .map(d -> d.kind() + " " + d.subject().replace("public.", "")
                        + d.rows().map(n -> " " + n).orElse("")
                        + (d.end() == TransactionEnd.COMMITTED ? "" : " " + d.end()));
        Stream<String> blind = deletions.blindSpots().stream()
                .filter(BlindSpot::hidesLosses)
                .map(spot -> "blind: " + spot.gap().missing());
        return Stream.concat(seen, blind).sorted().toList();
    }
}
