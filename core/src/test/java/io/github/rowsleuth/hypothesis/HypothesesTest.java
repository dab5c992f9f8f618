package io.github.rowsleuth.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.ForeignKey;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.probe.Migrations;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.StatementEnd;
import io.github.rowsleuth.probe.Statements;
import io.github.rowsleuth.probe.Visibility;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HypothesesTest {

    private static final CommitRef COMMIT =
            new CommitRef("0123456789abcdef", "Ada", Instant.EPOCH, Instant.EPOCH, "tidy up");

    private static Server truncated() {
        return new Server()
                .newFile("s.parent", 10, 0, 0, 742)
                .newFile("s.child", 50, 3, 0, 742)
                .table("s.users", 11, 0, 11)
                .key("s.child", "s.parent", ForeignKey.OnDelete.SET_NULL);
    }

    private static List<CodeStatement> code(CodeStatement.Reach reach, String... sql) {
        return Arrays.stream(sql)
                .flatMap(s ->
                        DestructiveStatements.in(s).stream().map(d -> new CodeStatement(d, 1, reach, Excerpt.ofSql(s))))
                .toList();
    }

    private static Scripts script(CodeStatement.Reach reach, String... sql) {
        return new Scripts(List.of(Script.builder()
                .path("clean.py")
                .language("python")
                .asOf(COMMIT)
                .suspiciousName(true)
                .statements(code(reach, sql))
                .build()));
    }

    private static Statements seen(String sql, StatementEnd end) {
        DestructiveStatement statement = DestructiveStatements.in(sql).get(0);
        ObservedStatement observed = ObservedStatement.builder()
                .statement(statement)
                .text(Excerpt.ofSql(sql))
                .moment(Moment.at(Instant.EPOCH))
                .end(end)
                .sqlState("42601")
                .evidence(new EvidenceId("log#1"))
                .build();
        return new Statements(
                List.of(observed),
                List.of(),
                List.of(),
                new Visibility(Visibility.Degree.SHOWS, "log_statement = mod"));
    }

    private static Hypothesis ofSuspect(Conclusions conclusions) {
        return conclusions.hypotheses().stream()
                .filter(h -> h.suspect().isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> against(Conclusions conclusions) {
        return ofSuspect(conclusions).contradicting().stream()
                .map(Argument::text)
                .toList();
    }

    @Test
    void the_smallest_act_is_likely_and_accuses_nobody() {
        Hypothesis best = truncated().investigate("s.parent").hypotheses().get(0);

        assertThat(best.cause()).isEqualTo(Cause.TRUNCATE_CASCADE);
        assertThat(best.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(best.suspect()).isEmpty();
    }

    @Test
    void a_script_that_deletes_is_ruled_out_by_a_truncate_by_what_it_misses_and_by_what_it_would_have_hit() {
        Conclusions conclusions = truncated()
                .answer("scripts", script(CodeStatement.Reach.EXECUTED, "DELETE FROM s.child", "DELETE FROM s.users"))
                .investigate("s.parent");

        assertThat(ofSuspect(conclusions).confidence()).isEqualTo(Confidence.RULED_OUT);
        assertThat(against(conclusions))
                .containsExactly(
                        "it deletes from s.child, which counts 3 deletes where 47 rows vanished and has a new file",
                        "it never touches s.parent, which was hit",
                        "it would have emptied s.users, which is intact");
    }

    @Test
    void a_filtered_delete_of_a_survivor_is_no_contradiction() {
        assertThat(against(truncated()
                        .answer("scripts", script(CodeStatement.Reach.EXECUTED, "DELETE FROM s.users WHERE demo"))
                        .investigate("s.parent")))
                .noneMatch(a -> a.contains("s.users"));
    }

    @Test
    void a_script_that_merely_fits_is_possible_because_anybody_can_have_typed_the_same() {
        String truncate = "TRUNCATE s.parent CASCADE";
        Conclusions runs = truncated()
                .answer("scripts", script(CodeStatement.Reach.EXECUTED, truncate))
                .investigate("s.parent");
        Conclusions writes = truncated()
                .answer("scripts", script(CodeStatement.Reach.WRITTEN, truncate))
                .investigate("s.parent");

        assertThat(ofSuspect(runs).confidence()).isEqualTo(Confidence.POSSIBLE);
        assertThat(ofSuspect(runs).cause()).isEqualTo(Cause.MANUAL_SCRIPT);
        assertThat(ofSuspect(writes).confidence()).isEqualTo(Confidence.POSSIBLE);
    }

    @Test
    void a_truncate_without_cascade_does_not_reach_the_child() {
        assertThat(against(truncated()
                        .answer("scripts", script(CodeStatement.Reach.EXECUTED, "TRUNCATE s.parent"))
                        .investigate("s.parent")))
                .containsExactly("it never touches s.child, which was hit");
    }

    @Test
    void a_migration_that_drops_a_type_is_ruled_out_because_no_row_goes() {
        Conclusions conclusions = truncated()
                .answer(
                        "migrations",
                        new Migrations(List.of(Migration.builder()
                                .tool("alembic")
                                .revision("086")
                                .path("versions/086.py")
                                .up(code(CodeStatement.Reach.EXECUTED, "DROP TYPE s.status CASCADE"))
                                .build())))
                .investigate("s.parent");

        assertThat(ofSuspect(conclusions).cause()).isEqualTo(Cause.MIGRATION_UPGRADE);
        assertThat(against(conclusions)).containsExactly("it removes no row of any table");
    }

    @Test
    void a_statement_that_failed_is_ruled_out_by_its_error() {
        Conclusions conclusions = truncated()
                .answer("log", seen("TRUNCATE s.parent CASCADE", StatementEnd.FAILED))
                .investigate("s.parent");

        assertThat(against(conclusions)).containsExactly("it failed (42601) and removed nothing");
    }

    @Test
    void a_statement_that_was_seen_and_fits_is_confirmed() {
        Conclusions conclusions = truncated()
                .answer("log", seen("TRUNCATE s.parent CASCADE", StatementEnd.COMMITTED))
                .investigate("s.parent");

        assertThat(conclusions.hypotheses().get(0).confidence()).isEqualTo(Confidence.CONFIRMED);
        assertThat(conclusions.hypotheses().get(0).cause()).isEqualTo(Cause.TRUNCATE_CASCADE);
        assertThat(conclusions.hypotheses().get(0).suspect()).isPresent();
    }

    @Test
    void nothing_is_accused_where_nothing_is_lost() {
        Conclusions conclusions = new Server()
                .table("s.t", 10, 0, 10)
                .answer("scripts", script(CodeStatement.Reach.EXECUTED, "DELETE FROM s.t"))
                .investigate("s.t");

        assertThat(conclusions.hypotheses()).extracting(Hypothesis::cause).containsExactly(Cause.NOT_A_LOSS);
    }
}
