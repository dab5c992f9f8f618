package io.github.rowsleuth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Verdict;
import io.github.rowsleuth.hypothesis.Act;
import io.github.rowsleuth.hypothesis.Cause;
import io.github.rowsleuth.hypothesis.Confidence;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.prevention.Recommendation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incidents that really happened, brought about again in databases and repositories of our own. */
class CasebookTest {

    private static final int MAJOR = 17;
    private static PostgresServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresFixture.start(
                MAJOR, Map.of("log_statement", "none", "autovacuum", "off", "log_line_prefix", "%m [%p] %q%u@%d "));
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + Reenactment.PLAIN + " login");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Hypothesis first(Findings findings) {
        return findings.hypotheses().get(0);
    }

    private static List<Hypothesis> accused(Findings findings) {
        return findings.hypotheses().stream()
                .filter(h -> h.suspect().isPresent() && h.confidence().compareTo(Confidence.LIKELY) >= 0)
                .toList();
    }

    /** Whatever is missing, an innocent is never accused; nobody is, where the culprit is in no commit. */
    private static void accusesNobodyBut(String culprit, List<Findings> findings) {
        assertThat(findings)
                .allSatisfy(f -> assertThat(accused(f))
                        .as(f.report().text())
                        .allMatch(h -> h.suspect()
                                .filter(s -> s.name().contains(culprit))
                                .isPresent()));
    }

    @Test
    void a_script_that_truncates_parents_reaches_tables_whose_keys_only_say_set_null() throws Exception {
        Reenactment news = Reenactment.on(server, folder)
                .run(
                        "create table countries(id int primary key)",
                        "create table regions(id int primary key, country int references countries on delete set null)",
                        "create table municipalities(id int primary key, region int references regions on delete set null)",
                        "create table news_items(id int primary key, place int references municipalities on delete set null)",
                        "create table column_data(id int primary key, item int references news_items on delete cascade)",
                        "create table feeds(id int primary key)",
                        "create table tags(id int primary key)",
                        "create table authors(id int primary key)",
                        "insert into countries select generate_series(1, 3)",
                        "insert into news_items select generate_series(1, 914)",
                        "insert into column_data select generate_series(1, 950)",
                        "insert into feeds select generate_series(1, 4)",
                        "insert into tags select generate_series(1, 5)",
                        "insert into authors select generate_series(1, 6)")
                .counted("public.authors", 6, 0)
                .file("package.json", "{ \"scripts\": { \"start\": \"node src/server.js\" } }\n")
                .file(
                        "src/server.js",
                        "app.delete('/news', async (req, res) => {\n  await pool.query('DELETE FROM news_items');\n});\n")
                .file(
                        "src/retention.js",
                        "setInterval(() => pool.query(\"DELETE FROM column_data WHERE at < now() - interval '30 days'\"), 1e6);\n")
                .file("db/schema.sql", "create table column_data(item int references news_items on delete cascade);\n")
                .committed("Ada", "Begin", 60 * 24 * 30)
                .file("scripts/import-places.js", """
                        const { Pool } = require('pg');
                        const pool = new Pool();
                        async function main() {
                          for (const table of ['countries', 'feeds', 'tags']) {
                            await pool.query(`TRUNCATE TABLE ${table} CASCADE`);
                          }
                        }
                        main();
                        """)
                .committed("Ada", "Import places anew", 10)
                .lastSeen()
                .run("truncate table countries cascade", "truncate table feeds cascade", "truncate table tags cascade")
                .counted("public.news_items", 914, 0);

        Findings findings = news.investigate("public.news_items", "public.column_data");

        assertThat(findings.fate("public.news_items").orElseThrow().fate()).isEqualTo(Fate.TRUNCATED);
        assertThat(findings.fate("public.news_items").orElseThrow().rowsBefore())
                .contains(914L);
        assertThat(findings.fate("public.column_data").orElseThrow().rowsBefore())
                .contains(950L);
        assertThat(findings.verdict()).as(findings.report().text()).isEqualTo(Verdict.LOSS_EXPLAINED);
        assertThat(first(findings).cause()).as(findings.report().text()).isEqualTo(Cause.TRUNCATE_CASCADE);
        assertThat(Reenactment.about(findings, "scripts/import-places.js").confidence())
                .as(findings.report().text())
                .isEqualTo(Confidence.LIKELY);
        assertThat(Reenactment.about(findings, "src/server.js").confidence()).isEqualTo(Confidence.RULED_OUT);
        assertThat(Reenactment.about(findings, "src/retention.js").confidence()).isEqualTo(Confidence.RULED_OUT);
        accusesNobodyBut("scripts/import-places.js", news.withLess("public.news_items", "public.column_data"));
    }

    @Test
    void a_test_fixture_that_takes_all_migrations_back_is_the_downgrade_of_the_base() throws Exception {
        Reenactment hub = Reenactment.on(server, folder)
                .run(
                        "create schema business",
                        "create table business.plans(id int)",
                        "create table business.customers(id int)",
                        "create table alembic_version(version_num varchar(32) primary key)",
                        "insert into business.plans select generate_series(1, 40)",
                        "insert into business.customers select generate_series(1, 30)",
                        "insert into alembic_version values ('0002')")
                .counted("business.customers", 30, 0)
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
                .committed("Ada", "Begin", 60 * 24 * 90)
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
                .committed("Ada", "Test migrations", 60 * 24 * 2)
                .lastSeen()
                .run("drop schema business cascade", "delete from alembic_version");

        Findings findings = hub.investigate("business.plans", "business.customers");

        assertThat(findings.verdict()).as(findings.report().text()).isEqualTo(Verdict.LOSS_EXPLAINED);
        assertThat(first(findings).cause()).as(findings.report().text()).isEqualTo(Cause.MIGRATION_ROLLBACK);
        assertThat(first(findings).suspect().orElseThrow().name()).isEqualTo("migrations/versions/0001_base.py");
        assertThat(accused(findings)).hasSize(1);
        accusesNobodyBut("0001_base.py", hub.withLess("business.plans", "business.customers"));
    }

    @Test
    void the_revision_that_was_applied_in_the_time_of_the_loss_is_told_from_the_loudest() throws Exception {
        Reenactment board = Reenactment.on(server, folder)
                .run(
                        "create table alembic_version(version_num varchar(32) primary key)",
                        "insert into alembic_version values ('a1')",
                        "create table teams(id int, motto text)",
                        "create table templates(id int)",
                        "create table reports(id int)",
                        "insert into teams select generate_series(1, 9)",
                        "insert into templates select generate_series(1, 70)",
                        "insert into reports select generate_series(1, 80)")
                .counted("public.reports", 80, 0)
                .file("alembic.ini", "[alembic]\nscript_location = migrations\n")
                .file("Procfile", "release: alembic upgrade head\nweb: gunicorn app\n")
                .file("migrations/versions/a1_old.py", """
                        revision = "a1"
                        down_revision = None

                        def upgrade():
                            for t in ["old_a", "old_b", "old_c", "old_d"]:
                                op.drop_table(t)

                        def downgrade():
                            pass
                        """)
                .committed("Ada", "Drop the old tables", 60 * 24 * 7)
                .file("migrations/versions/b2_trim.py", """
                        revision = "b2"
                        down_revision = "a1"

                        def upgrade():
                            op.drop_table("templates")
                            op.drop_table("reports")
                            op.drop_column("teams", "motto")

                        def downgrade():
                            op.create_table("templates")
                        """)
                .committed("Ada", "Trim", 30)
                .lastSeen()
                .run(
                        "drop table templates",
                        "drop table reports",
                        "alter table teams drop column motto",
                        "update alembic_version set version_num = 'b2'");

        Findings findings = board.investigate("public.templates", "public.reports");

        assertThat(findings.verdict()).as(findings.report().text()).isEqualTo(Verdict.LOSS_EXPLAINED);
        assertThat(first(findings).cause()).as(findings.report().text()).isEqualTo(Cause.MIGRATION_UPGRADE);
        assertThat(first(findings).suspect().orElseThrow().name()).isEqualTo("migrations/versions/b2_trim.py");
        assertThat(Reenactment.about(findings, "a1_old.py").confidence()).isEqualTo(Confidence.RULED_OUT);
        assertThat(accused(findings)).hasSize(1);
        accusesNobodyBut("b2_trim.py", board.withLess("public.templates", "public.reports"));
    }

    @Test
    void a_reset_that_somebody_typed_accuses_no_file() throws Exception {
        String tables = """
                create table users(id int primary key);
                create table talents(id int primary key, owner int references users on delete cascade);
                create table settings(id int primary key)""";
        Reenactment agency = Reenactment.on(server, folder)
                .run(tables, "create table deals(id int primary key)")
                .run(
                        "insert into users select generate_series(1, 12)",
                        "insert into talents select generate_series(1, 20)",
                        "insert into settings select generate_series(1, 5)",
                        "insert into deals select generate_series(1, 7)")
                .counted("public.deals", 7, 0)
                .file("prisma/schema.prisma", """
                        model User {
                          id Int @id
                          talents Talent[]
                          @@map("users")
                        }

                        model Talent {
                          id Int @id
                          owner User @relation(fields: [ownerId], references: [id], onDelete: Cascade)
                          @@map("talents")
                        }
                        """)
                .file(
                        "package.json",
                        "{ \"scripts\": { \"start\": \"node server.js\", \"db:reset\": \"prisma migrate reset --force\" } }\n")
                .file("src/users.ts", "export const remove = (id: number) => prisma.user.delete({ where: { id } });\n")
                .committed("Ada", "Begin", 60 * 24 * 60)
                .lastSeen()
                .run("drop schema public cascade; create schema public; " + tables);

        Findings findings = agency.investigate("public.users", "public.talents", "public.settings", "public.deals");

        assertThat(findings.verdict()).as(findings.report().text()).isEqualTo(Verdict.LOSS_EXPLAINED);
        assertThat(first(findings).cause()).as(findings.report().text()).isEqualTo(Cause.SCHEMA_RESET);
        assertThat(first(findings).suspect()).isEmpty();
        assertThat(accused(findings)).isEmpty();
        accusesNobodyBut("nobody", agency.withLess("public.users", "public.talents", "public.settings"));
    }

    @Test
    void a_mapper_that_makes_the_schema_anew_at_every_start_is_told_from_the_same_setting_of_a_test() throws Exception {
        String tables = "create table documents(id int primary key); create table chunks(id int primary key)";
        Reenactment rag = Reenactment.on(server, folder)
                .run(tables, "insert into documents select generate_series(1, 50)")
                .run("insert into chunks select generate_series(1, 500)")
                .counted("public.chunks", 500, 0)
                .file("ingest/src/main/resources/application.yml", """
                        spring:
                          datasource:
                            url: jdbc:postgresql://db/rag
                          jpa:
                            hibernate:
                              ddl-auto: create-drop
                        """)
                .file("ingest/src/test/resources/application.yml", """
                        spring:
                          datasource:
                            url: jdbc:h2:mem:test
                          jpa:
                            hibernate:
                              ddl-auto: create-drop
                        """)
                .committed("Ada", "Begin", 60 * 24 * 9)
                .lastSeen()
                .run("drop table documents; drop table chunks; " + tables);

        Findings findings = rag.investigate("public.documents", "public.chunks");

        assertThat(findings.verdict()).as(findings.report().text()).isEqualTo(Verdict.LOSS_EXPLAINED);
        assertThat(first(findings).cause()).as(findings.report().text()).isEqualTo(Cause.SCHEMA_RESET);
        assertThat(first(findings).suspect()).as(findings.report().text()).isPresent();
        assertThat(first(findings).suspect().orElseThrow().name())
                .contains("ingest/src/main/resources/application.yml");
        assertThat(accused(findings)).hasSize(1);
        accusesNobodyBut(
                "ingest/src/main/resources/application.yml", rag.withLess("public.documents", "public.chunks"));
    }

    @Test
    void a_cluster_that_is_younger_than_the_rows_accuses_nobody_and_says_where_to_look() throws Exception {
        Reenactment school = Reenactment.on(server, folder)
                .run("create table django_migrations(id bigint, app varchar, name varchar, applied timestamptz)")
                .run("create table pages(id serial primary key)")
                .run("insert into django_migrations values (1, 'cms', '0001_initial', now())")
                .file("manage.py", "import django\n")
                .file(
                        "cms/migrations/0001_initial.py",
                        "class Migration(migrations.Migration):\n    operations = [migrations.CreateModel(name=\"Page\")]\n")
                .file(
                        "cms/migrations/0002_clear.py",
                        "class Migration(migrations.Migration):\n    operations = [migrations.RunSQL(\"DELETE FROM pages\")]\n")
                .committed("Ada", "Begin", 60 * 24 * 9);

        Findings findings = school.investigateSince(Instant.now().minus(2, ChronoUnit.DAYS), "public.pages");

        assertThat(first(findings).cause()).as(findings.report().text()).isEqualTo(Cause.CLUSTER_RECREATED);
        assertThat(first(findings).nextCheck().orElseThrow()).contains("volume");
        assertThat(accused(findings)).isEmpty();
    }

    @Test
    void a_new_volume_is_no_loss_and_the_rows_are_looked_for_in_the_old_one() throws Exception {
        String compose = """
                services:
                  db:
                    image: postgres:17
                    volumes:
                      - pgdata:/var/lib/postgresql/data
                  web:
                    build: .
                    command: ["python", "manage.py", "runserver"]
                volumes:
                  pgdata:
                """;
        Reenactment platform = Reenactment.on(server, folder)
                .run(
                        "create table django_migrations(id bigserial primary key, app varchar, name varchar, applied timestamptz)",
                        "create table sites(id bigserial primary key)",
                        "create table pages(id bigserial primary key, site bigint references sites on delete cascade)",
                        "insert into django_migrations(app, name, applied) values ('cms', '0001_initial', now())")
                .file("cms-platform/docker-compose.yml", compose)
                .file("cms-platform/manage.py", "import django\n")
                .file("cms-platform/tools/clean.py", "cursor.execute('DELETE FROM pages')\n")
                .file("README.md", "# Platform\n")
                .committed("Ada", "Begin", 60 * 24 * 200)
                .without("cms-platform/docker-compose.yml")
                .without("cms-platform/manage.py")
                .without("cms-platform/tools/clean.py")
                .file("platform/docker-compose.yml", compose)
                .file("platform/manage.py", "import django\n")
                .file("platform/tools/clean.py", "cursor.execute('DELETE FROM pages')\n")
                .committed("Grace", "Shorten the name of the folder", 60 * 5);
        Instant seen = Instant.now().minus(2, ChronoUnit.DAYS);

        Findings findings = platform.investigateSince(seen, "public.pages", "public.sites");
        Hypothesis best = first(findings);

        assertThat(best.cause()).as(findings.report().text()).isEqualTo(Cause.NOT_A_LOSS);
        assertThat(best.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(best.claim()).contains("cms-platform_pgdata", "platform_pgdata");
        assertThat(best.supporting())
                .anyMatch(a -> a.text().contains("no sequence was used")
                        && a.text().contains("Shorten the name of the folder"));
        assertThat(best.supporting())
                .filteredOn(a -> !a.tables().isEmpty())
                .allMatch(a -> a.text().contains("initdb made this cluster"));
        assertThat(best.nextCheck().orElseThrow()).startsWith("docker volume ls: cms-platform_pgdata");
        assertThat(findings.prevention().recommendations())
                .extracting(r -> r.kind())
                .contains(Recommendation.Kind.NAME_VOLUME);
        assertThat(accused(findings)).isEmpty();
        assertThat(Reenactment.about(findings, "platform/tools/clean.py").confidence())
                .isEqualTo(Confidence.RULED_OUT);
    }

    @Test
    void a_new_volume_into_which_rows_came_is_a_new_cluster_and_the_old_one_is_still_named() throws Exception {
        String compose = """
                services:
                  db:
                    image: postgres
                    volumes: ["%s:/var/lib/postgresql/data"]
                volumes:
                  %s:
                """;
        Reenactment shop = Reenactment.on(server, folder)
                .run("create table orders(id bigserial primary key)", "insert into orders default values")
                .file("shop/compose.yaml", compose.formatted("rows", "rows"))
                .committed("Ada", "Begin", 60 * 24 * 200)
                .file("shop/compose.yaml", compose.formatted("rows17", "rows17"))
                .committed("Grace", "A new major version", 60 * 5);

        Findings findings = shop.investigateSince(Instant.now().minus(2, ChronoUnit.DAYS), "public.orders");

        assertThat(first(findings).cause()).as(findings.report().text()).isEqualTo(Cause.CLUSTER_RECREATED);
        assertThat(first(findings).nextCheck().orElseThrow()).startsWith("docker volume ls: shop_rows holds the rows");
    }

    @Test
    void a_script_that_no_commit_has_is_asked_for_and_nobody_else_accused() throws Exception {
        Reenactment kitchen = Reenactment.on(server, folder)
                .run("create table recipes(id int primary key)", "create table menus(id int primary key)")
                .run(
                        "insert into recipes select generate_series(1, 60)",
                        "insert into menus select generate_series(1, 9)")
                .counted("public.menus", 9, 0)
                .file("prisma/seed.ts", "await prisma.menu.upsert({ where: { id: 1 }, create: {}, update: {} });\n")
                .committed("Ada", "Begin", 60 * 24 * 20)
                .lastSeen()
                .run("delete from recipes")
                .counted("public.recipes", 60, 60)
                .file(
                        "docs/INCIDENT.md",
                        "# Data loss\n\nAll recipes were deleted by accident when scripts/reset-demo.ts was run against production.\n")
                .committed("Ada", "Write down what happened", 0);

        Findings findings = kitchen.investigate("public.recipes");

        assertThat(first(findings).cause()).as(findings.report().text()).isEqualTo(Cause.MANUAL_SCRIPT);
        assertThat(first(findings).claim()).contains("docs/INCIDENT.md", "scripts/reset-demo.ts");
        assertThat(accused(findings)).isEmpty();
        accusesNobodyBut("nobody", kitchen.withLess("public.recipes"));
        assertThat(findings.acts()).extracting(Act::statement).containsExactly("DELETE FROM public.recipes");
    }
}
