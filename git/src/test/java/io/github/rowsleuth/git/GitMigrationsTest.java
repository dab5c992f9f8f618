package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.probe.Migration;
import io.github.rowsleuth.probe.Migrations;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitMigrationsTest {

    @TempDir
    Path folder;

    private List<Migration> found() {
        return Investigation.of("shop.users")
                .probe(GitRepository.at(folder).migrations())
                .run()
                .answer(Migrations.class)
                .orElseThrow()
                .found();
    }

    @Test
    void upgrade_and_downgrade_of_a_revision_are_told_apart_helpers_included() {
        CleanupIncident.build(folder);

        assertThat(found()).extracting(Migration::revision).containsExactly("086", "087");
        Migration first = found().get(0);
        assertThat(first.up())
                .extracting(s -> s.line() + " " + s.statement())
                .containsExactly("11 DROP COLUMN shop.assets", "14 DROP TYPE shop.status CASCADE");
        assertThat(first.down())
                .extracting(s -> s.line() + " " + s.statement())
                .containsExactly("17 DROP TABLE states");
        assertThat(first.declared()).contains(Instant.parse("2025-10-07T18:22:33.123456Z"));
        assertThat(first.history()).hasSize(1);
    }

    @Test
    void revisions_stand_in_the_order_of_their_chain() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.file(
                    "versions/a.py", "revision = 'last'", "down_revision = ('x', 'mid')", "def upgrade():", "  pass");
            repository.file("versions/b.py", "revision = 'first'", "down_revision = None", "def upgrade():", "  pass");
            repository.file("versions/c.py", "revision = 'mid'", "down_revision = 'first'", "def upgrade():", "  pass");
            repository.commit("Add");
        }

        assertThat(found()).extracting(Migration::revision).containsExactly("first", "mid", "last");
    }

    @Test
    void plain_sql_migrations_are_ordered_by_version_and_paired() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.file("db/V10__b.sql", "DROP TABLE b;");
            repository.file("db/V9__a.sql", "CREATE TABLE a (i int);", "TRUNCATE c;");
            repository.file("db/U9__a.sql", "DROP TABLE a;");
            repository.file("m/0001_x.down.sql", "DROP TABLE x;");
            repository.file("m/0001_x.up.sql", "CREATE TABLE x (i int);");
            repository.file("prisma/migrations/20250102030405_y/migration.sql", "ALTER TABLE y DROP COLUMN z;");
            repository.commit("Add");
        }

        assertThat(found())
                .extracting(m -> m.tool() + " " + m.revision() + " " + m.up().size() + "/"
                        + m.down().size())
                .containsExactly(
                        "flyway 9 1/1", "flyway 10 1/0", "golang-migrate 0001_x 0/1", "prisma 20250102030405_y 1/0");
        assertThat(found().get(0).path()).isEqualTo("db/V9__a.sql");
        assertThat(found().get(3).declared()).contains(Instant.parse("2025-01-02T03:04:05Z"));
    }
}
