package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.examples.matrix.Decoys.Truth;
import io.github.rowsleuth.hypothesis.Cause;
import java.time.Duration;
import java.util.List;

/** Migrations that are taken back. */
final class RollbackVariants {

    private RollbackVariants() {}

    static List<Variant> all() {
        return List.of(
                Variant.of(Cause.MIGRATION_ROLLBACK, "a fixture that goes down to the base", RollbackVariants::alembic)
                        .by("migrations/versions/0001_base.py")
                        .but(
                                Cell.NO_REPOSITORY,
                                Expected.act(
                                        Cause.SCHEMA_RESET, "the whole schema is gone, and nothing has the migration")),
                Variant.of(Cause.MIGRATION_ROLLBACK, "golang-migrate, one step down", RollbackVariants::golang)
                        .by("migrations/000003_invoices")
                        .but(Cell.NO_REPOSITORY, Expected.unexplained("tables were dropped, no log shows by whom")),
                Variant.of(Cause.MIGRATION_ROLLBACK, "Knex, one table", RollbackVariants::knex)
                        .by("migrations/20250201000000_tags.js")
                        .but(
                                Cell.NO_SUPERUSER,
                                Expected.unexplained(
                                        "the role may not read the version table, and nothing else says that it was taken back"))
                        .but(Cell.NO_REPOSITORY, Expected.unexplained("a table was dropped, no log shows by whom")));
    }

    private static void alembic(Stage stage) throws Exception {
        stage.run("create schema business")
                .run("create table alembic_version(version_num varchar(32) not null primary key)")
                .run("insert into alembic_version values ('0002')")
                .table("business.plans", 40)
                .table("business.customers", 30)
                .table("accounts", 5)
                .decoys(Decoys.around(Truth.DROPPED, "accounts", "business.plans", "business.customers"))
                .file("alembic.ini", "[alembic]\nscript_location = migrations\n")
                .file("migrations/env.py", "url = settings.database_url\nrun_migrations(url)\n")
                .file("migrations/versions/0001_base.py", """
                        revision = "0001"
                        down_revision = None

                        def upgrade():
                            op.execute("CREATE SCHEMA business")

                        def downgrade():
                            op.execute("DROP SCHEMA IF EXISTS business CASCADE")
                        """)
                .file("migrations/versions/0002_seed.py", """
                        revision = "0002"
                        down_revision = "0001"

                        def upgrade():
                            op.execute("INSERT INTO business.plans VALUES (1)")

                        def downgrade():
                            op.execute("DELETE FROM business.plans WHERE id = 1")
                        """)
                .file("tests/conftest.py", """
                        import pytest
                        from alembic import command
                        from alembic.config import Config

                        @pytest.fixture(autouse=True)
                        def database(tmp_path):
                            config = Config("alembic.ini")
                            config.set_main_option("sqlalchemy.url", f"postgresql://localhost/test_{tmp_path.name}")
                            command.upgrade(config, "head")
                            yield
                            command.downgrade(config, "base")
                        """)
                .committed("Test migrations", Duration.ofDays(3))
                .missing("business.plans", "business.customers")
                .then("", "begin", "drop schema business cascade", "delete from alembic_version", "commit");
    }

    private static void golang(Stage stage) throws Exception {
        stage.run("create table schema_migrations (version bigint not null primary key, dirty boolean not null)")
                .run("insert into schema_migrations values (3, false)")
                .table("invoices", 26)
                .table("invoice_lines", 90)
                .table("clients", 8)
                .decoys(Decoys.around(Truth.DROPPED, "clients", "invoices", "invoice_lines"))
                .file("migrations/000001_clients.up.sql", "CREATE TABLE clients (id int PRIMARY KEY);\n")
                .file("migrations/000001_clients.down.sql", "DROP TABLE clients;\n")
                .file("migrations/000002_index.up.sql", "CREATE INDEX clients_kind ON clients (kind);\n")
                .file("migrations/000002_index.down.sql", "DROP INDEX clients_kind;\n")
                .file(
                        "migrations/000003_invoices.up.sql",
                        "CREATE TABLE invoices (id int);\nCREATE TABLE invoice_lines (id int);\n")
                .file("migrations/000003_invoices.down.sql", "DROP TABLE invoice_lines;\nDROP TABLE invoices;\n")
                .file("scripts/rollback.sh", "#!/bin/sh\nmigrate -path migrations -database \"$DATABASE_URL\" down 1\n")
                .committed("Invoices", Duration.ofDays(15))
                .missing("invoices", "invoice_lines")
                .then(
                        "",
                        "drop table invoice_lines",
                        "drop table invoices",
                        "update schema_migrations set version = 2");
    }

    private static void knex(Stage stage) throws Exception {
        stage.run("create table knex_migrations (id serial primary key, name varchar(255), batch integer,"
                        + " migration_time timestamptz)")
                .run("insert into knex_migrations (name, batch, migration_time) values"
                        + " ('20250101000000_posts.js', 1, now()), ('20250201000000_tags.js', 2, now())")
                .table("posts", 17)
                .table("tags", 33)
                .decoys(Decoys.around(Truth.DROPPED, "posts", "tags"))
                .file("knexfile.js", "module.exports = { client: 'pg', migrations: { directory: './migrations' } };\n")
                .file("migrations/20250101000000_posts.js", """
                        exports.up = (knex) => knex.schema.createTable('posts', (t) => t.increments());
                        exports.down = (knex) => knex.schema.dropTable('posts');
                        """)
                .file("migrations/20250201000000_tags.js", """
                        exports.up = (knex) => knex.schema.createTable('tags', (t) => t.increments());
                        exports.down = (knex) => knex.schema.dropTable('tags');
                        """)
                .committed("Tags", Duration.ofDays(18))
                .missing("tags")
                .then(
                        "",
                        "begin",
                        "drop table tags",
                        "delete from knex_migrations where name = '20250201000000_tags.js'",
                        "commit");
    }
}
