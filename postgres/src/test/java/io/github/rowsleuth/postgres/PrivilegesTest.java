package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.ProbeOutcome.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each role gets from each probe is what the README says. A cell is {@code full}, {@code partial} (the rest is
 * named as a gap) or {@code no} (with the statement that opens it); {@code 15+ full, else partial} tells newer servers
 * from older ones, which without {@code else} give nothing.
 */
class PrivilegesTest {
    private static final List<String> ROLES =
            List.of("plain", "pg_monitor", "+ WAL functions", "+ page reader", "owner", "superuser");

    private static final Pattern VERSIONS = Pattern.compile("(\\d+)\\+ (\\w+)(?:, else (\\w+))?");

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    /** The table of the README: for each probe the cell of each role. */
    private static Map<String, List<String>> promised() throws Exception {
        Map<String, List<String>> promised = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("..", "README.md"))) {
            List<String> cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            if (cells.size() == ROLES.size() + 3
                    && cells.subList(2, cells.size() - 1).equals(ROLES)) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && cells.get(1).startsWith("`postgres.")) {
                promised.put(cells.get(1).replace("`", ""), cells.subList(2, cells.size() - 1));
            }
        }
        return promised;
    }

    private static String promisedOn(int major, String cell) {
        Matcher versions = VERSIONS.matcher(cell);
        if (!versions.matches()) {
            return cell;
        }
        String before = Optional.ofNullable(versions.group(3)).orElse("no");
        return major >= Integer.parseInt(versions.group(1)) ? versions.group(2) : before;
    }

    private static String found(ProbeOutcome<?> outcome) {
        if (outcome.status() != Status.ANSWERED) {
            return outcome.status() == Status.UNAVAILABLE
                    ? "no"
                    : outcome.status().name();
        }
        return outcome.notes()
                        .coverage()
                        .filter(c -> c.extent() == Coverage.Extent.COMPLETE)
                        .isPresent()
                ? "full"
                : "partial";
    }

    /** A database with all extensions, a loss, somebody at work, and the six roles. */
    private static Database stage(int major) throws Exception {
        Database database = Database.on(major);
        List<String> setup = new ArrayList<>(List.of(
                "create extension pageinspect",
                "create extension pg_stat_statements",
                "drop role if exists r_plain, r_monitor, r_wal, r_pages, r_owner",
                "create role r_plain login",
                "create role r_monitor login in role pg_monitor",
                "create role r_wal login in role pg_monitor",
                "create role r_pages login in role pg_monitor",
                "create role r_owner login",
                "alter database " + database.name() + " owner to r_owner",
                "create table orders(id int primary key)",
                "insert into orders select generate_series(1, 40)",
                "delete from orders where id < 10",
                "alter table orders owner to r_owner"));
        if (major >= 15) {
            setup.add("create extension pg_walinspect");
            setup.add("grant execute on function pg_get_wal_records_info(pg_lsn, pg_lsn) to r_wal, r_pages");
        }
        if (major >= 16) {
            setup.add("grant execute on function pg_get_wal_block_info(pg_lsn, pg_lsn, boolean) to r_wal, r_pages");
        }
        setup.addAll(pageReader(major));
        database.run(setup.toArray(String[]::new));
        return database;
    }

    private static List<String> pageReader(int major) {
        return List.of(
                "create schema rowsleuth",
                "create function rowsleuth.raw_page(relation regclass, block bigint) returns bytea"
                        + " language sql strict security definer set search_path = pg_catalog, pg_temp"
                        + " as 'select public.get_raw_page(relation::text, ''main''::text, block"
                        + (major < 14 ? "::int" : "")
                        + ") where relation::oid >= 16384'",
                "revoke all on function rowsleuth.raw_page(regclass, bigint) from public",
                "grant usage on schema rowsleuth to r_pages",
                "grant execute on function rowsleuth.raw_page(regclass, bigint) to r_pages");
    }

    private static List<String> logins(Database database) {
        return List.of(
                "r_plain",
                "r_monitor",
                "r_wal",
                "r_pages",
                "r_owner",
                database.server().superuser());
    }

    private static Findings as(Database database, String login, Instant seen) {
        return Investigation.of("orders")
                .lostBetween(seen, Instant.now())
                .probes(Postgres.at(database.bareUrl(), login, "none"))
                .run();
    }

    @Test
    void the_readme_names_every_probe() throws Exception {
        List<String> probes = Postgres.at("jdbc:postgresql://nowhere/app").probes().stream()
                .map(Probe::id)
                .sorted()
                .toList();

        assertThat(promised().keySet().stream().sorted().toList()).isEqualTo(probes);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void every_role_gets_what_the_readme_says(int major) throws Exception {
        Instant seen = Instant.now();
        Database database = stage(major);
        Map<String, List<String>> promised = promised();
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> actual = new LinkedHashMap<>();

        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("select pg_current_xact_id()");
            for (int role = 0; role < ROLES.size(); role++) {
                Findings findings = as(database, logins(database).get(role), seen);
                for (ProbeOutcome<?> outcome : findings.outcomes()) {
                    String cell = outcome.probe() + " as " + ROLES.get(role);
                    expected.put(
                            cell,
                            promisedOn(
                                    major,
                                    promised.getOrDefault(outcome.probe(), List.of("?", "?", "?", "?", "?", "?"))
                                            .get(role)));
                    actual.put(cell, found(outcome));
                    assertEveryShortfallIsSaid(findings, outcome, cell);
                }
            }
        }

        assertThat(actual).isEqualTo(expected);
    }

    private static void assertEveryShortfallIsSaid(Findings findings, ProbeOutcome<?> outcome, String cell) {
        String found = found(outcome);
        if (found.equals("partial")) {
            assertThat(findings.gaps())
                    .as("gaps of " + cell)
                    .filteredOn(g -> g.probe().equals(outcome.probe()))
                    .isNotEmpty()
                    .extracting(Gap::remedy)
                    .allSatisfy(remedy -> assertThat(remedy).isNotBlank());
        } else if (outcome instanceof ProbeOutcome.Unavailable<?> unavailable) {
            assertThat(unavailable.remedy()).as("remedy of " + cell).isNotBlank();
        }
    }

    @Test
    void what_a_remedy_says_opens_the_probe() throws Exception {
        Instant seen = Instant.now();
        Database database = Database.on(16)
                .run(
                        "create extension pg_walinspect",
                        "create table orders(id int)",
                        "drop role if exists r_poor",
                        "create role r_poor login");
        for (ProbeOutcome<?> outcome : as(database, "r_poor", seen).outcomes()) {
            if (outcome instanceof ProbeOutcome.Unavailable<?> unavailable) {
                database.run(statements(unavailable.remedy()));
            }
        }

        assertThat(as(database, "r_poor", seen).outcomes())
                .extracting(ProbeOutcome::status)
                .containsOnly(Status.ANSWERED);
    }

    /** The SQL of a remedy, without the words around it. */
    private static String statements(String remedy) {
        return remedy.replaceFirst("^a superuser runs: ", "").replaceFirst(", in this database.*", "");
    }
}
