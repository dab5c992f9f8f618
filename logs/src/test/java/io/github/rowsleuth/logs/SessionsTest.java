package io.github.rowsleuth.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.logs.Logs.Result;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.Visibility;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short logs, written for one rule each. */
class SessionsTest {

    @TempDir
    Path folder;

    private int second;

    private String line(int pid, String text) {
        return String.format("2026-11-23 04:00:%02d.000 UTC [%d] %s\n", second++, pid, text);
    }

    private Result read(String... lines) throws IOException {
        return Logs.read(PostgresLogs.in(Logs.written(folder, "server.log", String.join("", lines))));
    }

    @Test
    void a_delete_with_a_syntax_error_is_found_and_failed() throws IOException {
        Result result = read(
                line(7, "ERROR:  syntax error at or near \"WHERE\" at character 80"),
                line(
                        7,
                        "STATEMENT:  DELETE FROM migration.collection_flows WHERE name = 'secret' AND WHERE id = 4711"));

        assertThat(result.seen()).containsExactly("7 DELETE migration.collection_flows FAILED 42601");
        ObservedStatement failed = result.answer().seen().get(0);
        assertThat(failed.message()).contains("syntax error at or near \"WHERE\" at character 80");
        assertThat(result.outcome().toString()).doesNotContain("secret").doesNotContain("4711");
    }

    @Test
    void an_error_between_the_lines_of_another_session_stays_with_its_own() throws IOException {
        Result result = read(
                line(7, "ERROR:  permission denied for table a"),
                line(8, "ERROR:  permission denied for table b"),
                line(7, "STATEMENT:  delete from a"),
                line(8, "STATEMENT:  delete from b"),
                "\t where x = 1\n");

        assertThat(result.seen()).containsExactly("7 DELETE a FAILED 42501", "8 DELETE b FAILED 42501");
        assertThat(result.answer().seen().get(1).text().text()).isEqualTo("delete from b where x = ?");
    }

    @Test
    void clusters_are_of_one_session_however_the_lines_interleave() throws IOException {
        Result result = read(
                line(7, "LOG:  statement: delete from a"),
                line(8, "LOG:  statement: delete from x"),
                line(7, "LOG:  statement: delete from b"),
                line(8, "LOG:  statement: select 1"),
                line(7, "LOG:  statement: truncate c"));
        second += 10;
        Result later = read(
                line(7, "LOG:  statement: delete from a"),
                line(7, "LOG:  statement: delete from b"),
                String.format("2026-11-23 05:00:00.000 UTC [7] LOG:  statement: delete from c%n"));

        assertThat(result.answer().clusters())
                .singleElement()
                .satisfies(c -> assertThat(c.statements())
                        .hasSize(3)
                        .allSatisfy(s -> assertThat(s.pid()).contains(7L)));
        assertThat(later.answer().clusters())
                .singleElement()
                .satisfies(c -> assertThat(c.statements()).hasSize(2));
    }

    @Test
    void a_commit_after_an_error_rolls_back() throws IOException {
        assertThat(read(
                                line(7, "LOG:  statement: begin; delete from a"),
                                line(7, "LOG:  statement: select 1 / 0"),
                                line(7, "ERROR:  division by zero"),
                                line(7, "STATEMENT:  select 1 / 0"),
                                line(7, "LOG:  statement: commit"))
                        .seen())
                .containsExactly("7 DELETE a ROLLED_BACK");
    }

    @Test
    void a_commit_that_fails_rolls_back() throws IOException {
        assertThat(read(
                                line(7, "LOG:  statement: begin"),
                                line(7, "LOG:  statement: delete from a"),
                                line(7, "LOG:  statement: commit"),
                                line(
                                        7,
                                        "ERROR:  update or delete on table \"a\" violates foreign key constraint \"c\""),
                                line(7, "STATEMENT:  commit"))
                        .seen())
                .containsExactly("7 DELETE a ROLLED_BACK");
    }

    @Test
    void a_session_that_ends_inside_of_its_block_rolls_back() throws IOException {
        assertThat(read(
                                line(7, "LOG:  statement: begin"),
                                line(7, "LOG:  statement: delete from a"),
                                line(7, "LOG:  disconnection: session time: 0:00:01 user=u database=d host=[local]"),
                                line(7, "LOG:  statement: commit"))
                        .seen())
                .containsExactly("7 DELETE a ROLLED_BACK");
    }

    @Test
    void a_rollback_whose_begin_lies_before_the_log_leaves_the_end_unknown() throws IOException {
        assertThat(read(
                                line(7, "LOG:  duration: 0.5 ms  statement: delete from a"),
                                line(7, "LOG:  duration: 0.1 ms  statement: rollback"),
                                line(8, "LOG:  duration: 0.1 ms  statement: begin"))
                        .seen())
                .containsExactly("7 DELETE a UNKNOWN");
    }

    @Test
    void a_duration_does_not_prove_a_commit_where_the_log_hides_transactions() throws IOException {
        assertThat(read(line(7, "LOG:  statement: delete from a"), line(7, "LOG:  duration: 12.000 ms"))
                        .seen())
                .containsExactly("7 DELETE a UNKNOWN");
        assertThat(read(
                                line(8, "LOG:  statement: begin"),
                                line(7, "LOG:  statement: delete from a"),
                                line(7, "LOG:  duration: 12.000 ms"))
                        .seen())
                .containsExactly("7 DELETE a COMMITTED");
    }

    @Test
    void parsing_binding_preparing_and_defining_are_not_running() throws IOException {
        assertThat(read(
                                line(7, "LOG:  duration: 0.5 ms  parse S_1: delete from a"),
                                line(7, "LOG:  duration: 0.5 ms  bind S_1: delete from a"),
                                line(7, "LOG:  duration: 0.5 ms  execute S_1: delete from a"),
                                line(7, "LOG:  execute fetch from S_1/C_2: delete from a returning *"),
                                line(7, "LOG:  statement: prepare p as delete from b"),
                                line(7, "LOG:  statement: explain delete from b"),
                                line(
                                        7,
                                        "LOG:  statement: create function f() returns void language sql as"
                                                + " 'delete from b'"))
                        .seen())
                .containsExactly("7 DELETE a UNKNOWN");
    }

    @Test
    void who_it_was_comes_from_the_beginning_of_the_session() throws IOException {
        ObservedStatement seen = read(
                        line(7, "LOG:  connection received: host=10.0.0.9 port=48998"),
                        line(
                                7,
                                "LOG:  connection authorized: user=app database=shop application_name=cron job"
                                        + " SSL enabled (protocol=TLSv1.3)"),
                        line(7, "LOG:  statement: delete from a"))
                .answer()
                .seen()
                .get(0);

        assertThat(seen.user()).contains("app");
        assertThat(seen.database()).contains("shop");
        assertThat(seen.application()).contains("cron job");
        assertThat(seen.client()).contains("10.0.0.9");
    }

    @Test
    void the_statement_beside_a_temporary_file_is_found_once() throws IOException {
        assertThat(read(
                                line(7, "LOG:  temporary file: path \"base/pgsql_tmp/x\", size 30648"),
                                line(7, "STATEMENT:  delete from a"),
                                line(7, "LOG:  temporary file: path \"base/pgsql_tmp/y\", size 30648"),
                                line(7, "STATEMENT:  delete from a"))
                        .seen())
                .containsExactly("7 DELETE a UNKNOWN");
    }

    @Test
    void a_setting_that_changed_divides_the_log() throws IOException {
        Visibility visibility = read(
                        line(1, "LOG:  database system is ready to accept connections"),
                        line(1, "LOG:  checkpoint starting: time"),
                        line(1, "LOG:  parameter \"log_statement\" changed to \"mod\""),
                        line(7, "LOG:  statement: delete from a"),
                        line(1, "LOG:  checkpoint starting: time"))
                .answer()
                .visibility();

        assertThat(visibility.degree()).isEqualTo(Visibility.Degree.PARTLY);
        assertThat(visibility.reason())
                .isEqualTo(
                        "log_statement = none from 2026-11-23T04:00:00Z, log_statement = mod from 2026-11-23T04:00:02Z");
        assertThat(visibility.timeline())
                .extracting(Visibility.Stretch::span, Visibility.Stretch::degree)
                .containsExactly(
                        tuple(
                                Moment.between(
                                        Instant.parse("2026-11-23T04:00:00Z"), Instant.parse("2026-11-23T04:00:02Z")),
                                Visibility.Degree.BLIND),
                        tuple(
                                Moment.between(
                                        Instant.parse("2026-11-23T04:00:02Z"), Instant.parse("2026-11-23T04:00:04Z")),
                                Visibility.Degree.PARTLY));
    }

    @Test
    void settings_that_can_hold_secrets_are_not_kept() throws IOException {
        Result result = read(line(1, "LOG:  parameter \"primary_conninfo\" changed to \"password=hunter2\""));

        assertThat(result.answer().traces()).isEmpty();
        assertThat(result.outcome().toString()).doesNotContain("hunter2");
    }

    /** auto_explain names the table below the view; the text only names the view. */
    @Test
    void a_merge_into_a_view_deletes_from_the_table_that_its_plan_names() throws IOException {
        String merge = "merge into v using s on v.id = s.id when matched then delete";
        String plan = "\tMerge on t  (cost=0.00..1.00 rows=0 width=0) (actual time=0.1..0.1 rows=0 loops=1)\n";
        Result result = read(
                line(7, "LOG:  duration: 1.000 ms  plan:"),
                "\tQuery Text: " + merge + "\n" + plan + "\t  Tuples: deleted=3\n",
                line(8, "LOG:  duration: 1.000 ms  plan:"),
                "\tQuery Text: " + merge + "\n" + plan + "\t  Tuples: inserted=3\n");

        assertThat(result.answer().seen())
                .extracting(s -> s.pid().orElse(0L), s -> s.statement().toString(), ObservedStatement::rows)
                .containsExactly(tuple(7L, "MERGE DELETE t", java.util.Optional.of(3L)));
    }
}
