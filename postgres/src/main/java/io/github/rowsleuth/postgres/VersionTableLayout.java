package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.AppliedMigrations.Completeness;
import java.util.List;
import java.util.Set;

/**
 * What a migration tool keeps in its version table, as expressions over its columns.
 *
 * @param tool the tool, named as migrations name it
 * @param schema the schema, for a tool that always uses the same one; empty for any
 * @param table the table
 * @param columns columns by which the table is told from another of the same name
 * @param completeness whether every migration has a row
 * @param version the revision or version
 * @param description the name of the migration; {@code null} as SQL writes it where there is none
 * @param checksum the checksum of its file, likewise
 * @param installed when it was applied, as {@code timestamptz}; {@code null} where the column has no time zone and the tool
 *     does not say which it means: a local time taken for UTC would acquit and accuse by hours
 * @param state {@code applied}, {@code failed} or {@code rolled back}
 * @param order what puts the rows into the order of their application
 */
record VersionTableLayout(
        String tool,
        String schema,
        String table,
        Set<String> columns,
        Completeness completeness,
        String version,
        String description,
        String checksum,
        String installed,
        String state,
        String order) {

    private static final String NONE = "null";
    private static final String APPLIED = "'applied'";

    /** Those that have more columns come before those that are told by fewer. */
    static final List<VersionTableLayout> KNOWN = List.of(
            last("alembic", "alembic_version", "version_num", APPLIED, Set.of("version_num")),
            last(
                    "golang-migrate",
                    "schema_migrations",
                    "version",
                    "case when dirty then 'failed' else 'applied' end",
                    Set.of("version", "dirty")),
            every("flyway", "flyway_schema_history", "coalesce(version, description)", "installed_rank")
                    .described("description")
                    .checked("checksum::text")
                    .ending("case when success then 'applied' else 'failed' end")
                    .by("version", "description", "success", "installed_rank"),
            every("liquibase", "databasechangelog", "author || ':' || id", "orderexecuted")
                    .checked("md5sum")
                    .ending("case when exectype = 'FAILED' then 'failed' else 'applied' end")
                    .by("id", "author", "orderexecuted", "exectype"),
            every("django", "django_migrations", "app || '.' || name", "id")
                    .at("applied")
                    .by("id", "app", "name", "applied"),
            every("prisma", "_prisma_migrations", "migration_name", "started_at")
                    .checked("checksum")
                    .at("finished_at")
                    .ending("case when rolled_back_at is not null then 'rolled back'"
                            + " when finished_at is null then 'failed' else 'applied' end")
                    .by("migration_name", "finished_at", "rolled_back_at", "started_at"),
            every("supabase", "schema_migrations", "version", "version")
                    .described("name")
                    .in("supabase_migrations")
                    .by("version", "name"),
            // Ecto writes UTC without saying so (Ecto.Migration.SchemaMigration).
            every("ecto", "schema_migrations", "version::text", "version")
                    .at("inserted_at at time zone 'UTC'")
                    .by("version", "inserted_at"),
            every("rails", "schema_migrations", "version::text", "version").by("version"),
            every("drizzle", "__drizzle_migrations", "created_at::text", "created_at")
                    .checked("hash")
                    .by("created_at", "hash"),
            every("knex", "knex_migrations", "name", "id").at("migration_time").by("id", "name", "migration_time"),
            every("sequelize", "SequelizeMeta", "name", "name").by("name"),
            every("typeorm", "migrations", "\"timestamp\"::text", "id")
                    .described("name")
                    .by("id", "timestamp", "name"),
            every("laravel", "migrations", "migration", "id").by("id", "migration", "batch"),
            every("goose", "goose_db_version", "version_id::text", "id")
                    .ending("case when is_applied then 'applied' else 'rolled back' end")
                    .by("version_id", "is_applied", "id"),
            every("efcore", "__EFMigrationsHistory", "\"MigrationId\"", "\"MigrationId\"")
                    .by("MigrationId"),
            every("sqlx", "_sqlx_migrations", "version::text", "version")
                    .described("description")
                    .at("installed_on")
                    .ending("case when success then 'applied' else 'failed' end")
                    .by("version", "installed_on", "success"),
            every("node-pg-migrate", "pgmigrations", "name", "id").by("id", "name", "run_on"),
            every("sql-migrate", "gorp_migrations", "id", "applied_at")
                    .at("applied_at")
                    .by("id", "applied_at"),
            every("kysely", "kysely_migration", "name", "\"timestamp\"").by("name", "timestamp"),
            every("mikro-orm", "mikro_orm_migrations", "name", "id")
                    .at("executed_at")
                    .by("id", "name", "executed_at"),
            every("doctrine", "doctrine_migration_versions", "regexp_replace(version, '^.*\\\\', '')", "executed_at")
                    .by("version", "executed_at"),
            every("diesel", "__diesel_schema_migrations", "version", "version").by("version", "run_on"));

    private static VersionTableLayout last(
            String tool, String table, String version, String state, Set<String> columns) {
        Builder layout = new Builder(tool, table, version, version).ending(state);
        return layout.build(Completeness.LAST_ONLY, columns);
    }

    private static Builder every(String tool, String table, String version, String order) {
        return new Builder(tool, table, version, order);
    }

    /** A layout of a tool that keeps nothing but versions, unless it is told more. */
    private static final class Builder {
        private final String tool;
        private final String table;
        private final String version;
        private final String order;
        private String schema = "";
        private String description = NONE;
        private String checksum = NONE;
        private String installed = NONE;
        private String state = APPLIED;

        Builder(String tool, String table, String version, String order) {
            this.tool = tool;
            this.table = table;
            this.version = version;
            this.order = order;
        }

        Builder described(String by) {
            description = by;
            return this;
        }

        Builder checked(String by) {
            checksum = by;
            return this;
        }

        Builder at(String when) {
            installed = when;
            return this;
        }

        Builder ending(String how) {
            state = how;
            return this;
        }

        Builder in(String only) {
            schema = only;
            return this;
        }

        VersionTableLayout by(String... names) {
            return build(Completeness.EVERY_MIGRATION, Set.of(names));
        }

        VersionTableLayout build(Completeness completeness, Set<String> columns) {
            return new VersionTableLayout(
                    tool,
                    schema,
                    table,
                    columns,
                    completeness,
                    version,
                    description,
                    checksum,
                    installed,
                    state,
                    order);
        }
    }

    /** Whether a table of that name and with these columns is one of this tool. */
    boolean fits(String inSchema, String name, Set<String> having) {
        return table.equals(name) && (schema.isEmpty() || schema.equals(inSchema)) && having.containsAll(columns);
    }
}
