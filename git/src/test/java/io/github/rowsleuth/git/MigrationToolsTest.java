package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.probe.Migrations;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.sql.StatementKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One repository for each tool, {@code migrations/<tool>.repo}, with what must be said of it in
 * {@code migrations/<tool>.expected}, which was written by reading the files of the repository.
 */
class MigrationToolsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alembic",
                "dbmate",
                "django",
                "drizzle",
                "ecto",
                "efcore",
                "flyway",
                "golang-migrate",
                "goose",
                "knex",
                "laravel",
                "liquibase",
                "plain-sql",
                "prisma",
                "rails",
                "sequelize",
                "supabase",
                "typeorm"
            })
    void what_a_repository_destroys_is_told_by_revision_and_script_and_decoys_are_acquitted(String tool)
            throws IOException {
        GitRepository repository = FixtureRepository.build("migrations/" + tool, folder);
        Findings findings = Investigation.of("shop.users")
                .probe(repository.scripts())
                .probe(repository.migrations())
                .run();

        List<String> told = new ArrayList<>();
        findings.answer(Migrations.class).orElseThrow().found().forEach(m -> migration(m, told));
        Scripts scripts = findings.answer(Scripts.class).orElseThrow();
        scripts.found().forEach(s -> script(s, told));
        scripts.acquitted().forEach(a -> told.add("acquitted " + a));

        assertThat(told).isEqualTo(expected(tool));
    }

    private static List<String> expected(String tool) throws IOException {
        String resource = "migrations/" + tool + ".expected";
        try (var in = Objects.requireNonNull(MigrationToolsTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static void migration(Migration migration, List<String> into) {
        into.add(migration.tool() + " " + migration.revision() + (migration.loaded() ? "" : ", not loaded"));
        migration.up().forEach(s -> into.add("  up " + statement(s)));
        migration.down().forEach(s -> into.add("  down " + statement(s)));
    }

    private static void script(Script script, List<String> into) {
        into.add(script.path() + ", " + script.role());
        script.statements()
                .forEach(s -> into.add("  " + statement(s) + ", " + s.place().reached() + ", " + s.severity()
                        + (s.guards().isEmpty() ? "" : ", " + s.guards())));
    }

    private static String statement(CodeStatement code) {
        boolean rows = code.statement().kind().removesRows();
        return code.line() + " " + code.statement()
                + (rows && code.statement().kind() != StatementKind.TRUNCATE
                        ? " " + code.statement().where()
                        : "")
                + (code.reach() == CodeStatement.Reach.EXECUTED ? "" : " " + code.reach());
    }
}
