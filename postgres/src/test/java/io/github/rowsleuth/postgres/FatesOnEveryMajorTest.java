package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.Verdict;
import io.github.rowsleuth.hypothesis.Act;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.TableCounters;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of loss, brought about by the statement that brings it about, and told from the others. */
class FatesOnEveryMajorTest {

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static boolean counted(DeletionStats stats, String table, long deleted, long live) {
        TableCounters counters = stats.of(TableName.parse("public." + table)).orElseThrow();
        return counters.deleted() == deleted && counters.live() == live;
    }

    private static Database live(int major) throws Exception {
        Database database = Database.on(major)
                .run(
                        "create table kept(id int)",
                        "create table gone(id int)",
                        "create table back(id int)",
                        "create table reborn(id int)",
                        "create table parent(id int primary key)",
                        "create table child(p int references parent on delete cascade)",
                        "create table root(id int primary key)",
                        "create table leaf(r int references root on delete set null)",
                        "insert into kept select generate_series(1, 10)",
                        "insert into gone select generate_series(1, 10)",
                        "insert into back select generate_series(1, 10)",
                        "insert into reborn select generate_series(1, 10)",
                        "insert into parent select generate_series(1, 10)",
                        "insert into child select 1 + n % 10 from generate_series(1, 50) n",
                        "insert into root select generate_series(1, 10)",
                        "insert into leaf select generate_series(1, 10)");
        database.stats(s -> counted(s, "leaf", 0, 10) && counted(s, "child", 0, 50) && counted(s, "gone", 0, 10));
        return database;
    }

    private static void lose(Database database) throws Exception {
        database.run("delete from gone where id <= 4")
                .run("begin", "delete from back where id <= 4", "rollback")
                .run("delete from parent where id <= 2")
                .run("truncate root cascade")
                .run("drop table reborn", "create table reborn(id int)");
        database.stats(s -> counted(s, "gone", 4, 6)
                && counted(s, "back", 4, 10)
                && counted(s, "parent", 2, 8)
                && counted(s, "child", 10, 40)
                && counted(s, "leaf", 0, 0)
                && counted(s, "root", 0, 0));
    }

    private static Fate fate(Findings findings, String table) {
        return findings.fate(table).map(TableFate::fate).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void every_table_gets_the_fate_that_was_brought_about(int major) throws Exception {
        Database database = live(major);
        Instant seen = Instant.now();
        lose(database);
        Findings findings = Investigation.of("kept", "gone", "back", "reborn", "parent", "child", "root", "leaf")
                .lostBetween(seen, Instant.now())
                .probes(Postgres.at(database.url()))
                .run();

        assertThat(fate(findings, "kept")).isEqualTo(Fate.INTACT);
        assertThat(fate(findings, "gone")).isEqualTo(Fate.DELETED);
        assertThat(fate(findings, "back")).isEqualTo(Fate.ROLLED_BACK);
        assertThat(fate(findings, "parent")).isEqualTo(Fate.DELETED);
        assertThat(fate(findings, "child")).isEqualTo(Fate.CASCADED);
        assertThat(fate(findings, "root")).isEqualTo(Fate.TRUNCATED);
        assertThat(fate(findings, "leaf")).isEqualTo(Fate.TRUNCATED);
        assertThat(fate(findings, "reborn")).isEqualTo(Fate.RECREATED);
        assertThat(findings.fate("root").orElseThrow().rowsBefore()).contains(10L);
        assertThat(findings.acts()).extracting(Act::statement).contains("TRUNCATE public.root CASCADE");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void nothing_lost_is_never_called_a_loss(int major) throws Exception {
        Database database = live(major);
        Findings findings = Investigation.of("kept", "parent", "child")
                .lostBetween(Instant.now(), Instant.now())
                .probes(Postgres.at(database.url()))
                .run();

        assertThat(fate(findings, "kept")).isEqualTo(Fate.INTACT);
        assertThat(findings.acts()).isEmpty();
        assertThat(findings.verdict()).isIn(Verdict.NO_LOSS, major < 15 ? Verdict.INCONCLUSIVE : Verdict.NO_LOSS);
        assertThat(findings.violations().isPresent()).isFalse();
    }
}
