package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.probe.CodeStatement.Reach;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.FileChange.Kind;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.Scripts;
import java.nio.file.Path;
import java.time.Instant;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitScriptsTest {

    @TempDir
    Path folder;

    private Findings examine(GitRepository repository) {
        return Investigation.of("shop.users").probe(repository.scripts()).run();
    }

    private Script script(Findings findings, String path) {
        return findings.answer(Scripts.class).orElseThrow().found().stream()
                .filter(s -> s.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void statements_in_concatenated_literals_are_found_with_their_lines() {
        Findings findings = examine(GitRepository.at(CleanupIncident.build(folder)));

        Script script = script(findings, CleanupIncident.CLEAN_UP);
        assertThat(script.statements())
                .extracting(s ->
                        s.line() + " " + s.statement() + " " + s.statement().where() + " " + s.reach())
                .containsExactly(
                        "5 DELETE shop.raw_records FILTERED EXECUTED",
                        "9 DELETE shop.imports NONE EXECUTED",
                        "10 DELETE {schema}.flows FILTERED EXECUTED",
                        "12 DELETE shop.users NONE EXECUTED");
        assertThat(script.suspiciousName()).isTrue();
        assertThat(script.guards()).isEmpty();
        assertThat(script.language()).isEqualTo("python");
    }

    @Test
    void a_statement_that_is_written_into_a_file_is_told_from_one_that_is_executed() {
        Findings findings = examine(GitRepository.at(CleanupIncident.build(folder)));

        assertThat(script(findings, CleanupIncident.UTILITY).statements())
                .extracting(s -> s.line() + " " + s.statement() + " " + s.reach())
                .containsExactly("4 TRUNCATE shop.flow_states CASCADE WRITTEN", "6 DELETE shop.notes WRITTEN");
    }

    @Test
    void a_harmless_file_with_a_suspicious_name_is_listed_without_statements() {
        Findings findings = examine(GitRepository.at(CleanupIncident.build(folder)));

        Script lookalike = script(findings, "backend/scripts/reset_view_state.py");
        assertThat(lookalike.statements()).isEmpty();
        assertThat(lookalike.suspiciousName()).isTrue();
        assertThat(findings.answer(Scripts.class).orElseThrow().found())
                .extracting(Script::path)
                .containsExactly(
                        CleanupIncident.CLEAN_UP,
                        "backend/scripts/clean_all_demo_data_fixed.py",
                        CleanupIncident.UTILITY,
                        "backend/scripts/reset_view_state.py");
    }

    @Test
    void the_commit_that_introduced_a_script_is_named_with_its_author_and_time() {
        ObjectId introduced;
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            introduced = CleanupIncident.build(repository);
        }

        Findings findings = examine(GitRepository.at(folder));

        FileChange change =
                script(findings, CleanupIncident.CLEAN_UP).introduced().orElseThrow();
        assertThat(change.commit().id()).isEqualTo(introduced.name());
        assertThat(change.commit().author()).isEqualTo("Grace");
        assertThat(change.commit().authored()).isEqualTo(Instant.parse("2025-07-01T09:30:00Z"));
        assertThat(change.commit().subject()).isEqualTo("Prepare the demo");
        assertThat(change.refs()).containsExactly("main");
        assertThat(findings.evidence())
                .filteredOn(e -> e.observation() instanceof Observation.CommitFound found
                        && found.path().equals(CleanupIncident.CLEAN_UP))
                .singleElement()
                .satisfies(e -> assertThat(e.observation().summary()).contains("by Grace introduced"));
    }

    @Test
    void a_file_is_followed_through_a_renaming_on_the_other_side_of_a_merge() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.file("purge.sql", "DELETE FROM shop.users;", "DELETE FROM shop.orders;", "-- one", "-- two");
            repository.commit("Add");
            repository.file("a.txt", "a");
            ObjectId left = repository.commit("Elsewhere");
            repository.on("side").move("purge.sql", "ops/wipe.sql");
            ObjectId side = repository.commit("Move");
            repository.file(
                    "ops/wipe.sql", "DELETE FROM shop.users;", "DELETE FROM shop.orders;", "-- one", "-- three");
            ObjectId changed = repository.commit("Change");
            repository.on("main").file("b.txt", "b");
            repository.move("ops/wipe.sql", "purge.sql");
            repository.file("purge.sql", "DELETE FROM shop.users;", "DELETE FROM shop.orders;", "-- one", "-- two");
            repository.commit("More elsewhere");
            repository.without("purge.sql");
            repository.file(
                    "ops/wipe.sql", "DELETE FROM shop.users;", "DELETE FROM shop.orders;", "-- one", "-- three");
            repository.merge(changed, "Merge");
            assertThat(left).isNotEqualTo(side);
        }

        Script script = script(examine(GitRepository.at(folder)), "ops/wipe.sql");

        assertThat(script.history())
                .extracting(FileChange::kind, c -> c.commit().subject(), FileChange::refs)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Kind.ADDED, "Add", java.util.List.of("main", "side")),
                        org.assertj.core.groups.Tuple.tuple(Kind.RENAMED, "Move", java.util.List.of("main", "side")),
                        org.assertj.core.groups.Tuple.tuple(
                                Kind.MODIFIED, "Change", java.util.List.of("main", "side")));
        assertThat(script.history().get(1).previousPath()).contains("purge.sql");
    }

    @Test
    void a_renaming_with_changes_is_recognised_by_likeness_and_a_deletion_elsewhere_is_told() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            String[] lines = {"DELETE FROM shop.a;", "DELETE FROM shop.b;", "DELETE FROM shop.c;", "DELETE FROM shop.d;"
            };
            repository.file("one.sql", lines);
            repository.commit("Add");
            lines[3] = "DELETE FROM shop.e;";
            repository.without("one.sql").file("two.sql", lines);
            repository.commit("Move and change");
            repository.on("other").without("two.sql").file("x.txt", "x");
            repository.commit("Remove");
        }

        Script script = script(examine(GitRepository.at(folder)), "two.sql");

        assertThat(script.history())
                .extracting(FileChange::kind)
                .containsExactly(Kind.ADDED, Kind.RENAMED, Kind.DELETED);
    }

    @Test
    void what_stands_before_the_loss_is_told_and_a_check_that_allows_by_default_is_not() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.file(
                    "scripts/a.py", "if input('sure? ') != 'yes': raise SystemExit", "db.execute('DROP TABLE t')");
            repository.file(
                    "scripts/b.sh",
                    "read -p 'sure? ' answer",
                    "[ \"$answer\" = yes ] || exit 1",
                    "psql -c \"TRUNCATE t\"");
            repository.file("scripts/unread.sh", "read -p 'sure? ' answer", "psql -c \"TRUNCATE t\"");
            repository.file(
                    "scripts/c.py",
                    "if os.getenv('APP_ENV', 'development') == 'production': exit()",
                    "db.execute('DELETE FROM t')");
            repository.file(
                    "scripts/d.py", "if os.environ['APP_ENV'] == 'production': exit()", "db.execute('DELETE FROM t')");
            repository.commit("Add");
        }

        Findings findings = examine(GitRepository.at(folder));

        assertThat(script(findings, "scripts/a.py").guards()).containsExactly("asks for confirmation");
        assertThat(script(findings, "scripts/b.sh").guards()).containsExactly("asks for confirmation");
        assertThat(script(findings, "scripts/unread.sh").guards()).isEmpty();
        assertThat(script(findings, "scripts/c.py").guards()).isEmpty();
        assertThat(script(findings, "scripts/d.py").guards()).containsExactly("refuses the production environment");
    }

    @Test
    void a_script_of_an_earlier_commit_is_found_as_of_that_commit() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.file("wipe.sql", "TRUNCATE shop.users;");
            repository.commit("Add");
            repository.without("wipe.sql").file("x.txt", "x");
            repository.commit("Remove");
        }

        assertThat(examine(GitRepository.at(folder))
                        .answer(Scripts.class)
                        .orElseThrow()
                        .found())
                .isEmpty();
        Script script = script(examine(GitRepository.at(folder).asOf("main~1")), "wipe.sql");
        assertThat(script.history()).extracting(FileChange::kind).containsExactly(Kind.ADDED, Kind.DELETED);
    }

    @Test
    void deletions_by_an_object_mapper_and_shell_heredocs_are_found() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.file(
                    "scripts/orm.py", "for u in users:", "    session.delete(u)", "session.query(Order).delete()");
            repository.file("scripts/run", "#!/bin/bash", "psql <<EOF", "begin;", "DELETE FROM t", " WHERE a;", "EOF");
            repository.file(
                    "scripts/gen.sh", "cat > out.sql <<'EOF'", "DROP TABLE t;", "EOF", "echo \"delete from u\" | psql");
            repository.commit("Add");
        }

        Findings findings = examine(GitRepository.at(folder));

        assertThat(script(findings, "scripts/orm.py").statements())
                .extracting(s ->
                        s.line() + " " + s.statement() + " " + s.statement().where())
                .containsExactly("2 DELETE {u} FILTERED", "3 DELETE {Order} NONE");
        assertThat(script(findings, "scripts/run").statements())
                .extracting(s -> s.line() + " " + s.statement() + " " + s.reach())
                .containsExactly("4 DELETE t EXECUTED");
        assertThat(script(findings, "scripts/gen.sh").statements())
                .extracting(s -> s.line() + " " + s.statement(), s -> s.reach())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2 DROP TABLE t", Reach.WRITTEN),
                        org.assertj.core.groups.Tuple.tuple("4 DELETE u", Reach.EXECUTED));
    }
}
