package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.AppliedMigrations;
import io.github.rowsleuth.probe.AppliedMigrations.Completeness;
import io.github.rowsleuth.probe.AppliedMigrations.Entry;
import io.github.rowsleuth.probe.AppliedMigrations.VersionTable;
import io.github.rowsleuth.probe.Coverage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Version tables as the tools create them, read from real servers. */
class VersionTableTest {

    private static final int MAJOR = 16;

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static AppliedMigrations read(Database database, Notebook notebook) throws Exception {
        return Postgres.at(database.url()).appliedMigrations().examine(notebook);
    }

    private static Notebook notebook(String... tables) {
        return Notebook.on(TimeWindow.UNKNOWN, tables);
    }

    private static List<String> told(Database database) throws Exception {
        List<String> told = new ArrayList<>();
        for (VersionTable table : read(database, notebook("public.t")).tables()) {
            told.add(table.tool() + " " + table.table()
                    + (table.completeness() == Completeness.LAST_ONLY ? " (last only)" : ""));
            table.entries().forEach(e -> told.add("  " + e.version() + " " + e.state()));
        }
        return told;
    }

    @ParameterizedTest
    @MethodSource("majors")
    void flyway_and_prisma_tell_what_failed_and_what_was_rolled_back(int major) throws Exception {
        Database database = Database.on(major).run("""
                        create table flyway_schema_history (installed_rank integer not null, version varchar(50),
                            description varchar(200) not null, type varchar(20) not null, script varchar(1000) not null,
                            checksum integer, installed_by varchar(100) not null,
                            installed_on timestamp not null default now(), execution_time integer not null,
                            success boolean not null)""", """
                        insert into flyway_schema_history values
                            (2, '1.1', 'lines', 'SQL', 'V1_1__lines.sql', 2, 'app', now(), 1, true),
                            (1, '1', 'orders', 'SQL', 'V1__orders.sql', 1, 'app', now(), 1, true),
                            (3, null, 'views', 'SQL', 'R__views.sql', 3, 'app', now(), 1, true),
                            (4, '2', 'trim', 'SQL', 'V2__trim.sql', 4, 'app', now(), 1, false)""", """
                        create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
                            finished_at timestamptz, migration_name varchar(255) not null, logs text,
                            rolled_back_at timestamptz, started_at timestamptz not null default now(),
                            applied_steps_count integer not null default 0)""", """
                        insert into _prisma_migrations (id, checksum, finished_at, migration_name, rolled_back_at, started_at)
                        values ('b', 'y', null, '20250201000000_trim', null, '2025-02-01T00:00:00Z'),
                               ('a', 'x', '2025-01-01T00:00:01Z', '20250101000000_init', null, '2025-01-01T00:00:00Z'),
                               ('c', 'z', null, '20250301000000_drop', '2025-03-01T00:00:09Z', '2025-03-01T00:00:00Z')""");

        assertThat(told(database))
                .containsExactly(
                        "prisma public._prisma_migrations",
                        "  20250101000000_init APPLIED",
                        "  20250201000000_trim FAILED",
                        "  20250301000000_drop ROLLED_BACK",
                        "flyway public.flyway_schema_history",
                        "  1 APPLIED",
                        "  1.1 APPLIED",
                        "  views APPLIED",
                        "  2 FAILED");
        List<VersionTable> tables = read(database, notebook("public.t")).tables();
        assertThat(tables.get(0).entries().get(0).installed()).contains(Instant.parse("2025-01-01T00:00:01Z"));
        assertThat(tables.get(0).entries().get(0).checksum()).contains("x");
        // installed_on has no time zone: an instant made of it would be off by hours.
        assertThat(tables.get(1).entries()).extracting(Entry::installed).allMatch(Optional::isEmpty);
    }

    @Test
    void tables_of_one_name_are_told_apart_by_their_columns() throws Exception {
        assertThat(
                        told(
                                Database.on(MAJOR)
                                        .run(
                                                "create schema a",
                                                "create schema b",
                                                "create schema c",
                                                "create schema supabase_migrations",
                                                "create table a.schema_migrations (version bigint not null primary key, dirty boolean not null)",
                                                "insert into a.schema_migrations values (2, true)",
                                                "create table b.schema_migrations (version bigint primary key, inserted_at timestamp(0))",
                                                "insert into b.schema_migrations values (20250101090000, '2025-01-01 10:00:00')",
                                                "create table c.schema_migrations (version character varying not null primary key)",
                                                "insert into c.schema_migrations values ('20250401155500'), ('20250501154000')",
                                                "create table supabase_migrations.schema_migrations"
                                                        + " (version text not null primary key, statements text[], name text)",
                                                "insert into supabase_migrations.schema_migrations values ('20250601093000', '{}', 'profiles')",
                                                "create table a.migrations (id serial, \"timestamp\" bigint not null, name varchar not null)",
                                                "insert into a.migrations (\"timestamp\", name) values (1735725600000, 'Init1735725600000')",
                                                "create table b.migrations (id serial, migration varchar(255) not null, batch int not null)",
                                                "insert into b.migrations (migration, batch) values ('2025_01_01_090000_create_users_table', 1)")))
                .containsExactly(
                        "typeorm a.migrations",
                        "  1735725600000 APPLIED",
                        "golang-migrate a.schema_migrations (last only)",
                        "  2 FAILED",
                        "laravel b.migrations",
                        "  2025_01_01_090000_create_users_table APPLIED",
                        "ecto b.schema_migrations",
                        "  20250101090000 APPLIED",
                        "rails c.schema_migrations",
                        "  20250401155500 APPLIED",
                        "  20250501154000 APPLIED",
                        "supabase supabase_migrations.schema_migrations",
                        "  20250601093000 APPLIED");
    }

    @Test
    void other_tools_keep_a_table_each() throws Exception {
        assertThat(told(Database.on(MAJOR)
                        .run(
                                "create table alembic_version (version_num varchar(32) not null primary key)",
                                "insert into alembic_version values ('0005')",
                                "create table databasechangelog (id varchar(255) not null, author varchar(255) not null,"
                                        + " filename varchar(255) not null, dateexecuted timestamp not null,"
                                        + " orderexecuted int not null, exectype varchar(10) not null, md5sum varchar(35))",
                                "insert into databasechangelog values ('2', 'ada', 'x', now(), 2, 'FAILED', null),"
                                        + " ('1', 'ada', 'x', now(), 1, 'EXECUTED', '9:a')",
                                "create table django_migrations (id bigint generated by default as identity,"
                                        + " app varchar(255) not null, name varchar(255) not null, applied timestamptz not null)",
                                "insert into django_migrations (app, name, applied)"
                                        + " values ('library', '0001_initial', '2025-01-05T01:00:00Z')",
                                "create schema drizzle",
                                "create table drizzle.__drizzle_migrations (id serial, hash text not null, created_at bigint)",
                                "insert into drizzle.__drizzle_migrations (hash, created_at) values ('h', 1754038800000)",
                                "create table knex_migrations (id serial, name varchar(255), batch int, migration_time timestamptz)",
                                "insert into knex_migrations (name, batch, migration_time) values ('1_a.js', 1, now())",
                                "create table \"SequelizeMeta\" (name varchar(255) not null primary key)",
                                "insert into \"SequelizeMeta\" values ('20250101090000-users.js')",
                                "create table \"__EFMigrationsHistory\" (\"MigrationId\" varchar(150) primary key,"
                                        + " \"ProductVersion\" varchar(32) not null)",
                                "insert into \"__EFMigrationsHistory\" values ('20250101090000_Init', '8')",
                                "create table goose_db_version (id serial, version_id bigint not null,"
                                        + " is_applied boolean not null, tstamp timestamp default now())",
                                "insert into goose_db_version (version_id, is_applied)"
                                        + " values (0, true), (1, true), (2, true), (2, false)")))
                .containsExactly(
                        "drizzle drizzle.__drizzle_migrations",
                        "  1754038800000 APPLIED",
                        "sequelize public.\"SequelizeMeta\"",
                        "  20250101090000-users.js APPLIED",
                        "efcore public.\"__EFMigrationsHistory\"",
                        "  20250101090000_Init APPLIED",
                        "alembic public.alembic_version (last only)",
                        "  0005 APPLIED",
                        "liquibase public.databasechangelog",
                        "  ada:1 APPLIED",
                        "  ada:2 FAILED",
                        "django public.django_migrations",
                        "  library.0001_initial APPLIED",
                        "goose public.goose_db_version",
                        "  0 APPLIED",
                        "  1 APPLIED",
                        "  2 ROLLED_BACK",
                        "knex public.knex_migrations",
                        "  1_a.js APPLIED");
    }

    @Test
    void a_version_table_of_the_incident_is_left_alone_and_that_is_a_gap() throws Exception {
        Database database =
                Database.on(MAJOR).run("create table alembic_version (version_num varchar(32) primary key)");
        Notebook notebook = notebook("public.alembic_version");

        assertThat(read(database, notebook).tables()).isEmpty();
        assertThat(notebook.gaps)
                .extracting(g -> g.missing())
                .containsExactly("the version table public.alembic_version belongs to the incident and was not read");
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
    }

    @Test
    void one_that_can_not_be_read_hides_no_other() throws Exception {
        Database database = Database.on(MAJOR)
                .run(
                        "create table alembic_version (version_num varchar(32) primary key)",
                        "insert into alembic_version values ('0005')",
                        "create table knex_migrations (id serial, name varchar, migration_time text)",
                        "insert into knex_migrations (name, migration_time) values ('1_a.js', 'yesterday evening')");
        Notebook notebook = notebook("public.t");

        assertThat(read(database, notebook).tables())
                .extracting(VersionTable::tool)
                .containsExactly("alembic");
        assertThat(notebook.gaps)
                .extracting(g -> g.missing())
                .containsExactly(
                        "the version table public.knex_migrations holds other types than its tool makes it with"
                                + " (state 22007)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create table alembic_version (id int)", "select 1"})
    void no_table_of_that_name_with_these_columns_is_none(String sql) throws Exception {
        Notebook notebook = notebook("public.t");

        assertThat(read(Database.on(MAJOR).run(sql), notebook).tables()).isEmpty();
        assertThat(notebook.coverage()).isEqualTo(Coverage.complete("0 version tables of migration tools"));
    }
}
