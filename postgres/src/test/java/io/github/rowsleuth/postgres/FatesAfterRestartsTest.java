package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.Verdict;
import io.github.rowsleuth.hypothesis.Cause;
import io.github.rowsleuth.hypothesis.Circumstance;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.preservation.Proposal;
import io.github.rowsleuth.probe.DeletionStats;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a restart, a reset, a crash, a standby and a promotion leave of the evidence, and what is then said. */
class FatesAfterRestartsTest {

    private static final String[] TABLES = {"gone", "back", "seen", "emptied", "kept", "scratch"};

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static boolean counted(DeletionStats stats, String table, long deleted, long live) {
        return stats.of(TableName.parse("public." + table))
                .filter(c -> c.deleted() == deleted && c.live() == live)
                .isPresent();
    }

    private static void fill(Database database) throws Exception {
        // A database that is an hour old or more, for a reset at once after its birth would pass for it.
        String directory = "base/" + database.value("select oid from pg_database where datname = current_database()");
        database.run("copy (select '') to program 'cat > /dev/null; touch -t 202001010000 " + directory
                        + "/PG_VERSION'")
                .run("create extension pageinspect")
                .run(Stream.of("gone", "back", "seen", "emptied", "kept")
                        .map(t -> "create table " + t + "(id serial primary key)")
                        .toArray(String[]::new))
                .run("create unlogged table scratch(id int)", "insert into scratch select generate_series(1, 10)")
                .run(Stream.of("gone", "back", "seen", "emptied", "kept")
                        .map(t ->
                                "insert into " + t + " select nextval('" + t + "_id_seq') from generate_series(1, 10)")
                        .toArray(String[]::new))
                .run("analyze seen");
        if (database.server().major() >= 15) {
            database.run("create extension pg_walinspect");
        }
        database.stats(s -> counted(s, "kept", 0, 10) && counted(s, "scratch", 0, 10) && counted(s, "seen", 0, 10));
    }

    private static void lose(Database database) throws Exception {
        database.run("delete from gone where id <= 4")
                .run("begin", "delete from back where id <= 4", "rollback")
                .run("delete from seen where id <= 4")
                .run("truncate emptied");
        database.stats(s -> counted(s, "gone", 4, 6)
                && counted(s, "back", 4, 10)
                && counted(s, "seen", 4, 6)
                && counted(s, "emptied", 0, 0));
    }

    private static Findings byCounters(Database database, Instant seen, String... tables) {
        Postgres postgres = Postgres.at(database.url());
        return Investigation.of(tables)
                .lostBetween(seen, Instant.now())
                .scope(postgres.scope())
                .deletionStats(postgres.deletionStats())
                .run();
    }

    private static Findings byEverything(Database database, Instant seen, String... tables) {
        return Investigation.of(tables)
                .lostBetween(seen, Instant.now())
                .probes(Postgres.at(database.url()))
                .run();
    }

    private static void expect(Findings findings, String table, Fate expected, String... said) {
        TableFate fate = findings.fate(table).orElseThrow();
        List<String> all = Stream.of(fate.decidedBy(), fate.ambiguities(), fate.remarks())
                .flatMap(List::stream)
                .toList();
        assertThat(fate.fate()).as("%s %s", table, all).isEqualTo(expected);
        Stream.of(said).forEach(s -> assertThat(all).as(table).anyMatch(x -> x.contains(s)));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void what_is_left_decides_and_what_is_lost_is_said(int major) throws Exception {
        try (PostgresServer server = PostgresFixture.start(major, Map.of("track_commit_timestamp", "on"))) {
            Database database = Database.on(server);
            fill(database);
            Instant seen = Instant.now();
            lose(database);
            cleanRestart(database, seen);
            reset(database, seen);
            crash(database, seen, major);
            younger(server, seen);
            proposals(Database.on(server), major);
            standbyAndPromotion(database, seen);
        }
    }

    private static void cleanRestart(Database database, Instant seen) {
        database.server().restart();

        Findings findings = byCounters(database, seen, TABLES);

        expect(findings, "gone", Fate.DELETED, "4 deletes and 4 rows fewer");
        expect(findings, "emptied", Fate.TRUNCATED);
        expect(findings, "scratch", Fate.INTACT);
        expect(findings, "back", Fate.ROLLED_BACK);
        assertThat(findings.fate("emptied").orElseThrow().moment().earliest())
                .as("commits are time-stamped")
                .isPresent();
        assertThat(findings.circumstances()).isEmpty();
    }

    /** A reset of one table moves the time of the whole database; only what analyze left of another shows its age. */
    private static void reset(Database database, Instant seen) throws Exception {
        Instant before = Instant.now();
        database.run("select pg_stat_reset_single_table_counters('gone'::regclass)");
        database.stats(
                s -> s.validSince().filter(since -> !since.isBefore(before)).isPresent() && counted(s, "gone", 0, 0));

        Findings counters = byCounters(database, seen, TABLES);
        Findings everything = byEverything(database, seen, TABLES);

        expect(counters, "gone", Fate.UNKNOWN, "of one of its tables", "gave out 10 values");
        expect(counters, "kept", Fate.UNKNOWN, "of one of its tables");
        expect(counters, "seen", Fate.DELETED, "4 deletes");
        expect(everything, "gone", Fate.DELETED, "its pages hold 4 rows", "more may be gone");
        assertThat(everything.fate("gone").orElseThrow().rowsBefore()).contains(10L);
        assertThat(counters.circumstances())
                .extracting(Circumstance::kind)
                .containsExactly(Circumstance.Kind.COUNTERS_TOO_YOUNG);
    }

    private static void crash(Database database, Instant seen, int major) throws Exception {
        database.server().crash();

        Findings counters = byCounters(database, seen, TABLES);
        Findings everything = byEverything(database, seen, TABLES);

        expect(counters, "gone", Fate.UNKNOWN, "a crash");
        expect(counters, "kept", Fate.UNKNOWN, "a crash", "begins with empty ones at every start");
        expect(everything, "gone", Fate.DELETED, "its pages hold 4 rows");
        expect(everything, "emptied", Fate.TRUNCATED, "it has a new file");
        if (major >= 15) {
            expect(everything, "back", Fate.ROLLED_BACK, "deleted by transactions that were rolled back");
            expect(everything, "kept", Fate.INTACT, "the write-ahead log reaches back to before the loss");
            expect(counters, "scratch", Fate.LOST_IN_CRASH, "which a crash", "nothing shows that it held a row");
        } else {
            expect(everything, "back", Fate.UNKNOWN, "deleted by transactions that were rolled back");
            expect(everything, "kept", Fate.UNKNOWN, "no trace of a deletion", "a crash");
            // The counters of a server that was first started just now begin in the same way.
            expect(counters, "scratch", Fate.UNKNOWN);
        }
        database.run("insert into scratch values (1)", "analyze scratch");
    }

    private static void younger(PostgresServer server, Instant seen) throws Exception {
        Database young = Database.on(server).run("create table orders(id int)", "insert into orders values (1)");
        young.stats(s -> counted(s, "orders", 0, 1));

        Findings database = byCounters(young, seen, "orders");
        Findings cluster = byCounters(young, Instant.parse("2001-01-01T00:00:00Z"), "orders");

        expect(database, "orders", Fate.RECREATED, "was made at");
        assertThat(database.circumstances())
                .extracting(Circumstance::kind)
                .contains(Circumstance.Kind.DATABASE_YOUNGER_THAN_DATA);
        expect(cluster, "orders", Fate.RECREATED, "initdb made this cluster");
        assertThat(cluster.hypotheses()).first().extracting(Hypothesis::cause).isEqualTo(Cause.CLUSTER_RECREATED);
    }

    /** Every statement that is proposed runs as it stands, does what it says, and is taken back by its undo. */
    private static void proposals(Database database, int major) throws Exception {
        Instant seen = Instant.now();
        database.run(
                "create extension pageinspect",
                "create table \"Or'ders\"(id int primary key, note text)",
                "insert into \"Or'ders\" select generate_series(1, 10)",
                "delete from \"Or'ders\" where id <= 4");
        String state = "select coalesce(array_to_string(reloptions, ','), '-') || ' '"
                + " || (select count(*) from pg_replication_slots) from pg_class where relname = 'Or''ders'";
        String before = database.value(state);
        List<Proposal> plan =
                byEverything(database, seen, "\"Or'ders\"").preservation().proposals();

        run(database, plan.stream().flatMap(p -> p.commands().stream()));
        String held = database.value(state);
        run(database, plan.stream().flatMap(p -> p.undo().stream()));

        assertThat(before).isEqualTo("- 0");
        assertThat(held).isEqualTo("autovacuum_enabled=off 1");
        assertThat(database.value(state)).isEqualTo(before);
        assertThat(plan.toString().contains("vacuum_defer_cleanup_age")).isEqualTo(major <= 15);
        assertThat(database.value("select count(*) from pg_file_settings where sourcefile like '%auto.conf'"))
                .isEqualTo("0");
    }

    /** Not what belongs on a standby or to a shell; what psql would copy is read. */
    private static void run(Database database, Stream<String> commands) throws Exception {
        for (String command : commands.toList()) {
            if (command.startsWith("\\copy (")) {
                String query = command.substring("\\copy (".length(), command.lastIndexOf(") TO '"));
                assertThat(database.value("select count(*) from (" + query + ") pages"))
                        .isEqualTo(command.contains(".toast.") ? "0" : "1");
            } else if (!command.startsWith("cp ") && !command.contains("pg_wal_replay")) {
                database.run(command);
            }
        }
    }

    private static void standbyAndPromotion(Database database, Instant seen) throws Exception {
        database.run("copy (select '') to program 'cat > /dev/null; touch standby.signal'");
        database.server().restart();

        Findings standby = byEverything(database, seen, "gone", "kept");

        expect(standby, "kept", Fate.UNKNOWN, "the server is a standby");
        expect(standby, "gone", Fate.DELETED, "its pages hold 4 rows");
        assertThat(standby.circumstances()).extracting(Circumstance::kind).contains(Circumstance.Kind.STANDBY);
        assertThat(standby.preservation().proposals())
                .extracting(Proposal::action)
                .anyMatch(a -> a.startsWith("Do not promote this standby"))
                .noneMatch(a -> a.startsWith("Keep autovacuum away"));

        for (Proposal proposal : standby.preservation().proposals()) {
            if (proposal.commands().contains("SELECT pg_wal_replay_pause()")) {
                database.run(proposal.commands().toArray(String[]::new))
                        .run(proposal.undo().toArray(String[]::new));
            }
        }
        database.value("select pg_promote()");
        Findings promoted = byEverything(database, seen, "gone", "kept");

        expect(
                promoted,
                "kept",
                Fate.UNKNOWN,
                "rows that were written after the point to which the cluster was restored");
        assertThat(promoted.circumstances())
                .extracting(Circumstance::kind)
                .contains(Circumstance.Kind.RESTORED_OR_PROMOTED);
        assertThat(promoted.verdict()).isNotEqualTo(Verdict.NO_LOSS);
    }
}
