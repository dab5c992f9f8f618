package io.github.rowsleuth.hypothesis;

import static io.github.rowsleuth.transaction.Observed.committed;
import static io.github.rowsleuth.transaction.Observed.deleted;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.probe.Migrations;
import io.github.rowsleuth.probe.ProbeNotes;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Statements;
import io.github.rowsleuth.server.CountedStatement;
import io.github.rowsleuth.server.ScheduledJob;
import io.github.rowsleuth.server.StatementStatistics;
import io.github.rowsleuth.server.StoredCode;
import io.github.rowsleuth.sql.DestructiveStatements;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What it takes to accuse somebody, and what does not suffice. */
class JoinsTest {

    private static final Instant SEEN = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant MISSED = Instant.parse("2026-03-01T06:00:00Z");
    private static final String LONG_AGO = "2025-01-01T00:00:00Z";
    private static final String IN_TIME = "2026-03-01T02:00:00Z";
    private static final String DATABASE = "app";

    private static Server orders() {
        return new Server()
                .table("s.orders", 10, 10, 0)
                .table("s.users", 11, 0, 11)
                .lostBetween(SEEN, MISSED);
    }

    private static Server deletedFromTwo() {
        return orders().table("s.carts", 5, 5, 0);
    }

    private static Server recreated() {
        return new Server()
                .table("s.orders", 0, 0, 0)
                .scope("s.orders", s -> s.creationCommitted(Instant.parse(IN_TIME)))
                .table("s.carts", 0, 0, 0)
                .scope("s.carts", s -> s.creationCommitted(Instant.parse(IN_TIME)))
                .lostBetween(SEEN, MISSED);
    }

    private static Hypothesis first(Conclusions conclusions) {
        return conclusions.hypotheses().get(0);
    }

    private static Hypothesis about(Conclusions conclusions, String name) {
        return conclusions.hypotheses().stream()
                .filter(h -> h.suspect().filter(s -> s.name().startsWith(name)).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static List<Join.Kind> joins(Hypothesis hypothesis) {
        return hypothesis.joins().stream().map(Join::kind).toList();
    }

    @Test
    void a_deletion_of_unknown_hand_is_not_explained_by_itself() {
        Hypothesis best = first(orders().investigate("s.orders"));

        assertThat(best.cause()).isEqualTo(Cause.DIRECT_STATEMENT);
        assertThat(best.confidence()).isEqualTo(Confidence.POSSIBLE);
    }

    @Test
    void a_script_that_names_every_table_that_had_to_be_named_is_likely_while_no_other_does() {
        Server server = deletedFromTwo()
                .answer(
                        "git",
                        Reach.scripts(
                                Reach.script("clean.py", LONG_AGO, "DELETE FROM s.orders", "DELETE FROM s.carts")));
        Hypothesis alone = first(server.investigate("s.orders", "s.carts"));
        Conclusions two = server.answer(
                        "other",
                        Reach.scripts(Reach.script("tidy.py", LONG_AGO, "DELETE FROM s.orders", "DELETE FROM s.carts")))
                .investigate("s.orders", "s.carts");

        assertThat(alone.cause()).isEqualTo(Cause.MANUAL_SCRIPT);
        assertThat(alone.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(joins(alone)).containsExactly(Join.Kind.SCOPE);
        assertThat(about(two, "clean.py").confidence()).isEqualTo(Confidence.POSSIBLE);
        assertThat(about(two, "tidy.py").confidence()).isEqualTo(Confidence.POSSIBLE);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-01T00:00:00Z, POSSIBLE, ''",
        "2026-02-28T23:30:00Z, LIKELY, COMMIT",
        "2026-03-01T05:59:59Z, LIKELY, COMMIT",
        "2026-03-02T00:00:00Z, POSSIBLE, ''"
    })
    void a_script_of_one_table_is_likely_only_if_it_was_changed_shortly_before(
            String added, Confidence confidence, String joins) {
        Hypothesis script = about(
                orders().answer("git", Reach.scripts(Reach.script("clean.py", added, "DELETE FROM s.orders")))
                        .investigate("s.orders"),
                "clean.py");

        assertThat(script.confidence()).isEqualTo(confidence);
        assertThat(script.joins().stream().map(j -> j.kind().name()).toList())
                .isEqualTo(joins.isEmpty() ? List.of() : List.of(joins));
    }

    @Test
    void what_was_committed_only_after_the_loss_is_doubted_and_not_ruled_out() {
        Hypothesis script = about(
                deletedFromTwo()
                        .answer(
                                "git",
                                Reach.scripts(Reach.script(
                                        "clean.py",
                                        "2026-03-02T00:00:00Z",
                                        "DELETE FROM s.orders",
                                        "DELETE FROM s.carts")))
                        .investigate("s.orders", "s.carts"),
                "clean.py");

        assertThat(script.confidence()).isEqualTo(Confidence.POSSIBLE);
        assertThat(script.contradicting())
                .extracting(Argument::text)
                .containsExactly("it was committed only at 2026-03-02T00:00:00Z, after the loss");
    }

    @Test
    void a_script_whose_very_text_was_seen_is_confirmed_and_stands_before_its_statement() {
        Conclusions conclusions = orders().answer(
                        "log",
                        Reach.log(Reach.statement("delete from s.orders where day < '2026-01-01'", IN_TIME, b -> b)))
                .answer(
                        "git",
                        Reach.scripts(
                                Reach.script("clean.py", LONG_AGO, "DELETE  FROM s.orders WHERE day<%(day)s;"),
                                Reach.script("other.py", LONG_AGO, "DELETE FROM s.orders")))
                .investigate("s.orders");

        assertThat(first(conclusions).claim()).isEqualTo("clean.py");
        assertThat(first(conclusions).confidence()).isEqualTo(Confidence.CONFIRMED);
        assertThat(first(conclusions).cause()).isEqualTo(Cause.MANUAL_SCRIPT);
        assertThat(joins(first(conclusions))).containsExactly(Join.Kind.TEXT);
        assertThat(about(conclusions, "DELETE s.orders").confidence()).isEqualTo(Confidence.CONFIRMED);
        assertThat(about(conclusions, "other.py").confidence()).isEqualTo(Confidence.POSSIBLE);
    }

    @Test
    void a_bare_statement_that_anybody_writes_alike_accuses_no_script() {
        Conclusions conclusions = orders().answer(
                        "log", Reach.log(Reach.statement("DELETE FROM s.orders", IN_TIME, b -> b)))
                .answer("git", Reach.scripts(Reach.script("clean.py", LONG_AGO, "DELETE FROM s.orders")))
                .investigate("s.orders");

        assertThat(first(conclusions).cause()).isEqualTo(Cause.DIRECT_STATEMENT);
        assertThat(first(conclusions).confidence()).isEqualTo(Confidence.CONFIRMED);
        assertThat(about(conclusions, "clean.py").confidence()).isEqualTo(Confidence.POSSIBLE);
    }

    @ParameterizedTest
    @CsvSource({"clean.py, POSSIBLE", "clean.sql, CONFIRMED", "bin/clean, CONFIRMED"})
    void what_was_sent_by_psql_no_program_of_another_language_sent(String path, Confidence confidence) {
        Hypothesis script = about(
                orders().answer(
                                "log",
                                Reach.log(Reach.statement(
                                        "DELETE FROM s.orders WHERE id > 0", IN_TIME, b -> b.application("psql"))))
                        .answer("git", Reach.scripts(Reach.script(path, LONG_AGO, "DELETE FROM s.orders WHERE id > 0")))
                        .investigate("s.orders"),
                path);

        assertThat(script.confidence()).isEqualTo(confidence);
    }

    @Test
    void a_session_that_bears_the_name_of_a_script_confirms_it() {
        Hypothesis script = about(
                orders().answer(
                                "log",
                                Reach.log(Reach.statement(
                                        "DELETE FROM s.orders",
                                        IN_TIME,
                                        b -> b.application("nightly_clean").user("app"))))
                        .answer(
                                "git",
                                Reach.scripts(Reach.script("ops/nightly_clean.py", LONG_AGO, "DELETE FROM s.orders")))
                        .investigate("s.orders"),
                "ops/nightly_clean.py");

        assertThat(script.confidence()).isEqualTo(Confidence.CONFIRMED);
        assertThat(joins(script)).contains(Join.Kind.APPLICATION);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01T03:00:00Z, LIKELY", "2026-03-02T03:00:00Z, POSSIBLE"})
    void a_job_is_likely_if_it_was_due_in_the_time_of_the_loss(String due, Confidence confidence) {
        Conclusions conclusions = orders().answer(
                        "git", Reach.scripts(Reach.script("clean.py", LONG_AGO, "DELETE FROM s.orders")))
                .answer("automation", Reach.scheduled("clean.py", due))
                .investigate("s.orders");

        assertThat(about(conclusions, "clean.py").confidence()).isEqualTo(confidence);
        assertThat(about(conclusions, "clean.py").cause()).isEqualTo(Cause.AUTOMATED_JOB);
    }

    @ParameterizedTest
    @CsvSource({
        "hibernate, src/main/resources/application.yml, true, LIKELY, SCHEMA_RESET",
        "prisma, package.json, false, POSSIBLE, SCHEMA_RESET",
        "django, tests/conftest.py, true, LIKELY, TEST_SUITE"
    })
    void a_reset_is_likely_if_it_takes_effect_by_itself(
            String tool, String file, boolean inEffect, Confidence confidence, Cause cause) {
        Conclusions conclusions = recreated()
                .answer("automation", Reach.acting(tool, DatabaseAct.Effect.RESETS_SCHEMA, file, inEffect))
                .investigate("s.orders", "s.carts");

        assertThat(about(conclusions, tool).confidence()).isEqualTo(confidence);
        assertThat(about(conclusions, tool).cause()).isEqualTo(cause);
        assertThat(first(conclusions).cause()).isEqualTo(cause);
    }

    @Test
    void a_reset_of_whole_schemas_is_ruled_out_by_a_table_of_the_schema_that_kept_its_rows() {
        Conclusions conclusions = recreated()
                .table("s.users", 11, 0, 11)
                .answer("automation", Reach.acting("prisma", DatabaseAct.Effect.RESETS_SCHEMA, "Procfile", true))
                .investigate("s.orders", "s.carts");

        assertThat(about(conclusions, "prisma").confidence()).isEqualTo(Confidence.RULED_OUT);
        assertThat(about(conclusions, "prisma").decidingTables())
                .extracting(Object::toString)
                .containsExactly("s.users");
    }

    @Test
    void a_downgrade_is_likely_where_something_downgrades() {
        Migrations migrations = new Migrations(List.of(Migration.builder()
                .tool("alembic")
                .revision("001")
                .path("versions/001.py")
                .down(Reach.code("DROP TABLE s.orders"))
                .addEvidence(Reach.EVIDENCE)
                .build()));
        Automation fixture = Reach.acting("alembic", DatabaseAct.Effect.MIGRATES_DOWN, "tests/conftest.py", false);
        Server server = new Server()
                .table("s.orders", 0, 0, 0)
                .scope("s.orders", s -> s.creationCommitted(Instant.parse(IN_TIME)))
                .table("s.older", 3, 0, 3)
                .lostBetween(SEEN, MISSED)
                .answer("git", migrations);

        assertThat(about(server.investigate("s.orders"), "versions/001.py").confidence())
                .isEqualTo(Confidence.POSSIBLE);
        Hypothesis downgrade = first(server.answer("automation", fixture).investigate("s.orders"));
        assertThat(downgrade.cause()).isEqualTo(Cause.MIGRATION_ROLLBACK);
        assertThat(downgrade.confidence()).isEqualTo(Confidence.LIKELY);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01T03:00:00Z, CONFIRMED", "2026-02-28T03:00:00Z, RULED_OUT"})
    void a_job_of_the_database_is_confirmed_by_its_runs(String started, Confidence confidence) {
        ScheduledJob job = ScheduledJob.builder()
                .id(7)
                .name("purge")
                .schedule("0 3 * * *")
                .database("app")
                .role("cron")
                .active(true)
                .destructive(DestructiveStatements.in("DELETE FROM s.orders"))
                .command(Excerpt.ofSql("DELETE FROM s.orders"))
                .addRuns(new ScheduledJob.Run(
                        Optional.of(Instant.parse(started)), Optional.empty(), "succeeded", Optional.of("DELETE 10")))
                .addEvidence(Reach.EVIDENCE)
                .build();
        Hypothesis hypothesis = about(
                orders().answer("code", new StoredCode(List.of(), List.of(job))).investigate("s.orders"), "pg_cron");

        assertThat(hypothesis.confidence()).isEqualTo(confidence);
        assertThat(hypothesis.cause()).isEqualTo(Cause.AUTOMATED_JOB);
    }

    @ParameterizedTest
    @CsvSource({"10, LIKELY", "3, POSSIBLE"})
    void a_counted_statement_is_likely_if_its_rows_are_as_many_as_are_gone(long rows, Confidence confidence) {
        CountedStatement counted = CountedStatement.builder()
                .destructive(DestructiveStatements.in("DELETE FROM s.orders"))
                .text(Excerpt.ofSql("DELETE FROM s.orders"))
                .calls(1)
                .rows(rows)
                .role("app")
                .addEvidence(Reach.EVIDENCE)
                .build();
        Hypothesis hypothesis = about(
                orders().answer("statements", new StatementStatistics(Optional.empty(), 0, List.of(counted)))
                        .investigate("s.orders"),
                "DELETE s.orders, counted 1 time");

        assertThat(hypothesis.confidence()).isEqualTo(confidence);
        assertThat(hypothesis.suspect().orElseThrow().actor()).contains("role app");
    }

    @Test
    void of_two_statements_that_were_seen_the_one_without_rows_is_ruled_out() {
        Conclusions conclusions = orders().answer(
                        "log",
                        Reach.log(
                                Reach.statement("DELETE FROM s.orders", IN_TIME, b -> b.rows(10)),
                                Reach.statement("DELETE FROM s.orders WHERE true", IN_TIME, b -> b.rows(0))))
                .investigate("s.orders");

        assertThat(conclusions.hypotheses())
                .filteredOn(h -> h.suspect().isPresent())
                .extracting(Hypothesis::confidence)
                .containsExactly(Confidence.CONFIRMED, Confidence.RULED_OUT);
        assertThat(joins(first(conclusions))).containsExactly(Join.Kind.SEEN, Join.Kind.ROWS);
    }

    @Test
    void what_truncates_a_table_known_at_run_time_did_not_delete_from_one() {
        Hypothesis script = about(
                orders().answer("git", Reach.scripts(Reach.script("clean.py", LONG_AGO, "TRUNCATE {table}")))
                        .investigate("s.orders"),
                "clean.py");

        assertThat(script.confidence()).isEqualTo(Confidence.RULED_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tests/clean.sql", "app/conftest.py", "src/test/java/shop/CleanTest.java", "web/a.spec.ts"})
    void the_code_of_tests_is_a_test_suite(String path) {
        Hypothesis script = about(
                orders().answer("git", Reach.scripts(Reach.script(path, LONG_AGO, "DELETE FROM s.orders")))
                        .investigate("s.orders"),
                path);

        assertThat(script.cause()).isEqualTo(Cause.TEST_SUITE);
    }

    @Test
    void what_pg_restore_dropped_it_dropped_for_an_older_state() {
        Conclusions conclusions = recreated()
                .answer(
                        "log",
                        Reach.log(Reach.statement(
                                "DROP TABLE s.orders, s.carts", IN_TIME, b -> b.application("pg_restore"))))
                .investigate("s.orders", "s.carts");

        assertThat(first(conclusions).cause()).isEqualTo(Cause.RESTORED_OLD_BACKUP);
        assertThat(first(conclusions).confidence()).isEqualTo(Confidence.CONFIRMED);
    }

    @Test
    void tables_made_anew_in_an_old_database_are_a_reset() {
        Conclusions conclusions = recreated().investigate("s.orders", "s.carts");

        assertThat(conclusions.acts())
                .extracting(Act::statement)
                .containsExactly("DROP and CREATE of every table in s");
        assertThat(first(conclusions).cause()).isEqualTo(Cause.SCHEMA_RESET);
        assertThat(first(conclusions).confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(first(conclusions).suspect()).isEmpty();
    }

    @Test
    void a_log_in_local_time_is_told_by_the_transaction_that_both_date() {
        Conclusions conclusions = orders().inLog(committed(742)
                        .ended(Moment.at(Instant.parse(IN_TIME)))
                        .addEffects(deleted("s.orders", 10))
                        .build())
                .answer(
                        "log",
                        Reach.log(Reach.statement(
                                "DELETE FROM s.orders", "2026-03-01T07:30:05Z", b -> b.transaction(742L))))
                .investigate("s.orders");

        assertThat(conclusions.circumstances())
                .filteredOn(c -> c.kind() == Circumstance.Kind.CLOCKS_DISAGREE)
                .extracting(Circumstance::claim)
                .singleElement()
                .asString()
                .endsWith("the log writes local time, 5h30m from what was taken for its zone");
        assertThat(first(conclusions).confidence()).isEqualTo(Confidence.CONFIRMED);
        assertThat(joins(first(conclusions))).contains(Join.Kind.TRANSACTION);
    }

    @Test
    void what_was_seen_in_another_database_of_the_server_is_no_suspect() {
        Statements log = Reach.log(
                Reach.statement("DELETE FROM s.orders", IN_TIME, s -> s.database("other")),
                Reach.statement("DELETE FROM orders", IN_TIME, s -> s.database(DATABASE)));
        Conclusions conclusions = orders().answer("log", log).investigate("s.orders");

        assertThat(conclusions.suspects()).extracting(Suspect::name).containsExactly("DELETE orders at " + IN_TIME);
    }

    @Test
    void a_statement_begins_before_its_transaction_commits_and_not_after() {
        Server server = orders().inLog(ObservedTransaction.builder()
                .xid(9)
                .end(TransactionEnd.COMMITTED)
                .ended(Moment.at(Instant.parse("2026-03-01T02:00:00.500Z")))
                .addEffects(
                        TableEffect.on(TableName.parse("s.orders"), TableEffect.Kind.ROWS_DELETED, Optional.of(10L)))
                .build());
        Statements before = Reach.log(Reach.statement("DELETE FROM s.orders", "2026-03-01T02:00:00.420Z", s -> s));
        Statements after = Reach.log(Reach.statement("DELETE FROM s.orders", "2026-03-01T02:00:00.600Z", s -> s));

        assertThat(first(server.answer("log", before).investigate("s.orders")).confidence())
                .isEqualTo(Confidence.CONFIRMED);
        assertThat(about(
                                server.answer("log", after).investigate("s.orders"),
                                "DELETE s.orders at 2026-03-01T02:00:00.600Z")
                        .confidence())
                .isEqualTo(Confidence.RULED_OUT);
    }

    @Test
    void a_statement_that_is_older_than_the_commit_is_only_sure_with_the_transaction_that_both_name() {
        Server server = orders().inLog(committed(742)
                .ended(Moment.at(Instant.parse("2026-03-01T02:01:00Z")))
                .addEffects(deleted("s.orders", 10))
                .build());
        Statements bare = Reach.log(Reach.statement("DELETE FROM s.orders", IN_TIME, s -> s));
        Statements slow =
                Reach.log(Reach.statement("DELETE FROM s.orders", IN_TIME, s -> s.duration(Duration.ofSeconds(55))));
        Statements named = Reach.log(Reach.statement("DELETE FROM s.orders", IN_TIME, s -> s.transaction(742L)));

        assertThat(seen(server, bare)).isEqualTo(Confidence.POSSIBLE);
        assertThat(seen(server, slow)).isEqualTo(Confidence.CONFIRMED);
        assertThat(seen(server, named)).isEqualTo(Confidence.CONFIRMED);
    }

    private static Confidence seen(Server server, Statements log) {
        CaseFile without = server.file("s.orders");
        List<ProbeOutcome<?>> outcomes = new ArrayList<>(without.outcomes());
        outcomes.add(new ProbeOutcome.Answered<>("log", log, new ProbeNotes(List.of(), List.of(), Optional.empty())));
        return about(Reasoning.over(new CaseFile(without.incident(), outcomes)), "DELETE s.orders at ")
                .confidence();
    }

    @Test
    void a_row_that_goes_from_a_version_table_with_the_tables_is_no_loss() {
        ObservedTransaction.Builder down = ObservedTransaction.builder().xid(9).end(TransactionEnd.COMMITTED);
        down.addEffects(TableEffect.on(TableName.parse("s.orders"), TableEffect.Kind.ROWS_DELETED, Optional.of(10L)));
        for (String table : List.of("s.carts", "s.alembic_version")) {
            down.addEffects(TableEffect.on(TableName.parse(table), TableEffect.Kind.ROWS_DELETED, Optional.of(1L)));
        }
        Conclusions conclusions = orders().table("s.carts", 5, 1, 4)
                .table("s.alembic_version", 1, 1, 0)
                .inLog(down.build())
                .investigate("s.orders");

        assertThat(conclusions.fates())
                .filteredOn(TableFate::partOfLoss)
                .extracting(f -> f.table().toString())
                .containsExactly("s.carts", "s.orders");
    }

    @Test
    void a_statement_that_surely_did_it_narrows_the_time_of_the_loss() {
        Statements one = Reach.log(Reach.statement("DELETE FROM s.orders", IN_TIME, s -> s));
        Statements another = Reach.log(Reach.statement("DELETE FROM s.orders", "2026-03-01T04:00:00Z", s -> s));
        Server server = orders().answer("log", one);

        assertThat(momentOfOrders(server))
                .isEqualTo(Moment.between(Instant.parse(IN_TIME), Instant.parse("2026-03-01T02:02:00Z")));
        assertThat(momentOfOrders(server.answer("other", another)))
                .as("either may have done it")
                .isEqualTo(Moment.between(SEEN, MISSED));
    }

    private static Moment momentOfOrders(Server server) {
        return server.investigate("s.orders").fates().stream()
                .filter(TableFate::hit)
                .map(TableFate::moment)
                .findFirst()
                .orElseThrow();
    }
}
