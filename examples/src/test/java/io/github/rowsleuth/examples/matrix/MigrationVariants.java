package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.examples.matrix.Decoys.Truth;
import io.github.rowsleuth.hypothesis.Cause;
import java.time.Duration;
import java.util.List;

/** Migrations, on the way up. */
final class MigrationVariants {

    private MigrationVariants() {}

    static List<Variant> all() {
        return List.of(
                Variant.of(Cause.MIGRATION_UPGRADE, "Alembic before every release", MigrationVariants::alembic)
                        .by("migrations/versions/b2_trim.py")
                        .but(Cell.NO_REPOSITORY, Expected.unexplained("tables were dropped, no log shows by whom")),
                Variant.of(Cause.MIGRATION_UPGRADE, "Flyway that deletes rows", MigrationVariants::flyway)
                        .by("db/migration/V2__forget_visits.sql")
                        .but(Cell.NO_REPOSITORY, Expected.unexplained("plain deletions, no log shows by whom")),
                Variant.of(Cause.MIGRATION_UPGRADE, "Prisma that drops a table", MigrationVariants::prisma)
                        .by("20250301000000_drop_notes")
                        .but(
                                Cell.NO_SUPERUSER,
                                Expected.unexplained(
                                        "the role may not read the version table, and nothing else says that it was applied"))
                        .but(Cell.NO_REPOSITORY, Expected.unexplained("a table was dropped, no log shows by whom")));
    }

    private static void alembic(Stage stage) throws Exception {
        stage.run("create table alembic_version(version_num varchar(32) not null primary key)")
                .run("insert into alembic_version values ('a1')")
                .table("teams", 9)
                .table("templates", 70)
                .table("reports", 80)
                .decoys(Decoys.around(Truth.DROPPED, "teams", "templates", "reports"))
                .file("alembic.ini", "[alembic]\nscript_location = migrations\n")
                .file("Procfile", "release: alembic upgrade head\nweb: gunicorn app\n")
                .file("migrations/versions/a1_old.py", """
                        revision = "a1"
                        down_revision = None

                        def upgrade():
                            for t in ["old_a", "old_b", "old_c"]:
                                op.drop_table(t)

                        def downgrade():
                            pass
                        """)
                .committed("Drop the old tables", Duration.ofDays(7))
                .file("migrations/versions/b2_trim.py", """
                        revision = "b2"
                        down_revision = "a1"

                        def upgrade():
                            op.drop_table("templates")
                            op.drop_table("reports")

                        def downgrade():
                            op.create_table("templates")
                        """)
                .committed("Trim", Duration.ofMinutes(30))
                .missing("templates", "reports")
                .then(
                        "",
                        "begin",
                        "drop table templates",
                        "drop table reports",
                        "update alembic_version set version_num = 'b2'",
                        "commit");
    }

    private static void flyway(Stage stage) throws Exception {
        stage.run("create table flyway_schema_history (installed_rank integer not null, version varchar(50),"
                        + " description varchar(200) not null, type varchar(20) not null, script varchar(1000) not null,"
                        + " checksum integer, installed_by varchar(100) not null,"
                        + " installed_on timestamp not null default now(), execution_time integer not null,"
                        + " success boolean not null)")
                .run(
                        "insert into flyway_schema_history values (1, '1', 'base', 'SQL', 'V1__base.sql', 1, 'app', now(), 1, true)")
                .table("visits", 120)
                .table("referrers", 18)
                .table("pages", 7)
                .decoys(Decoys.around(Truth.DELETED, "pages", "visits", "referrers"))
                .file("src/main/resources/db/migration/V1__base.sql", "CREATE TABLE visits (id int PRIMARY KEY);\n")
                .file(
                        "src/main/resources/db/migration/V2__forget_visits.sql",
                        "DELETE FROM visits;\nDELETE FROM referrers;\n")
                .file("src/main/resources/application.properties", "spring.flyway.enabled=true\n")
                .committed("Forget visits", Duration.ofDays(9))
                .missing("visits", "referrers")
                .then(
                        "",
                        "begin",
                        "delete from visits",
                        "delete from referrers",
                        "insert into flyway_schema_history values"
                                + " (2, '2', 'forget visits', 'SQL', 'V2__forget_visits.sql', 2, 'app', now(), 1, true)",
                        "commit");
    }

    private static void prisma(Stage stage) throws Exception {
        stage.run("create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,"
                        + " finished_at timestamptz, migration_name varchar(255) not null, logs text,"
                        + " rolled_back_at timestamptz, started_at timestamptz not null default now(),"
                        + " applied_steps_count integer not null default 0)")
                .run("insert into _prisma_migrations (id, checksum, finished_at, migration_name)"
                        + " values ('a', 'x', now(), '20250101000000_init')")
                .table("notes", 44)
                .table("users", 3)
                .decoys(Decoys.around(Truth.DROPPED, "users", "notes"))
                .file(
                        "prisma/migrations/20250101000000_init/migration.sql",
                        "CREATE TABLE \"notes\" (\"id\" INTEGER);\n")
                .file("prisma/migrations/20250301000000_drop_notes/migration.sql", "DROP TABLE \"notes\";\n")
                .file("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
                .file("prisma/schema.prisma", "model User {\n  id Int @id\n  @@map(\"users\")\n}\n")
                .committed("Notes go", Duration.ofDays(20))
                .missing("notes")
                .then(
                        "",
                        "drop table notes",
                        "insert into _prisma_migrations (id, checksum, finished_at, migration_name)"
                                + " values ('b', 'y', clock_timestamp(), '20250301000000_drop_notes')");
    }
}
