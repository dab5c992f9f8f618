package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import java.util.Set;

/**
 * The tables in which tools write down which migrations they have applied. That a row goes there is the work of a migration
 * that is taken back, and no loss: the names are those that the tools give them unless told otherwise.
 */
final class VersionTable {

    private static final Set<String> NAMES = Set.of(
            "alembic_version",
            "schema_migrations",
            "flyway_schema_history",
            "databasechangelog",
            "databasechangeloglock",
            "django_migrations",
            "_prisma_migrations",
            "ar_internal_metadata",
            "__drizzle_migrations",
            "knex_migrations",
            "knex_migrations_lock",
            "SequelizeMeta",
            "goose_db_version",
            "__EFMigrationsHistory",
            "_sqlx_migrations",
            "pgmigrations",
            "gorp_migrations",
            "kysely_migration",
            "kysely_migration_lock",
            "mikro_orm_migrations",
            "doctrine_migration_versions",
            "__diesel_schema_migrations");

    private VersionTable() {}

    static boolean is(TableName table) {
        return NAMES.contains(table.name());
    }
}
