package io.github.rowsleuth.sql;

/** What a destructive statement does, named after its SQL command. */
public enum StatementKind {
    /** {@code DELETE}. */
    DELETE,
    /** {@code MERGE … THEN DELETE}, PostgreSQL 15 and newer. */
    MERGE_DELETE,
    /** {@code TRUNCATE}. */
    TRUNCATE,
    /** {@code UPDATE} without {@code WHERE}: every old value is overwritten. */
    UPDATE_NO_WHERE,
    /** {@code INSERT … ON CONFLICT DO UPDATE}: old values may be overwritten. */
    UPSERT_UPDATE,
    /** {@code DROP TABLE}. */
    DROP_TABLE,
    /** {@code DROP FOREIGN TABLE}. */
    DROP_FOREIGN_TABLE,
    /** {@code DROP SCHEMA}. */
    DROP_SCHEMA,
    /** {@code DROP DATABASE}. */
    DROP_DATABASE,
    /** {@code DROP TYPE}; with {@code CASCADE} also the columns of that type, never rows. */
    DROP_TYPE,
    /** {@code DROP DOMAIN}; with {@code CASCADE} also the columns of that domain, never rows. */
    DROP_DOMAIN,
    /** {@code DROP EXTENSION}. */
    DROP_EXTENSION,
    /** {@code DROP OWNED BY}. */
    DROP_OWNED,
    /** {@code DROP VIEW}. */
    DROP_VIEW,
    /** {@code DROP MATERIALIZED VIEW}. */
    DROP_MATVIEW,
    /** {@code DROP SEQUENCE}. */
    DROP_SEQUENCE,
    /** {@code DROP INDEX}. */
    DROP_INDEX,
    /** {@code DROP FUNCTION}, {@code PROCEDURE}, {@code ROUTINE} or {@code AGGREGATE}. */
    DROP_FUNCTION,
    /** {@code DROP TRIGGER}. */
    DROP_TRIGGER,
    /** {@code DROP RULE}. */
    DROP_RULE,
    /** {@code DROP POLICY}. */
    DROP_POLICY,
    /** {@code DROP PUBLICATION}. */
    DROP_PUBLICATION,
    /** {@code DROP SUBSCRIPTION}. */
    DROP_SUBSCRIPTION,
    /** {@code DROP ROLE}, {@code USER} or {@code GROUP}. */
    DROP_ROLE,
    /** {@code DROP TABLESPACE}. */
    DROP_TABLESPACE,
    /** {@code DROP SERVER}. */
    DROP_SERVER,
    /** {@code DROP FOREIGN DATA WRAPPER}. */
    DROP_FOREIGN_DATA_WRAPPER,
    /** Any other {@code DROP}. */
    DROP_OTHER,
    /** {@code ALTER TABLE … DROP COLUMN}. */
    DROP_COLUMN,
    /** {@code ALTER TYPE … DROP ATTRIBUTE}. */
    DROP_ATTRIBUTE,
    /** {@code ALTER TABLE … DROP CONSTRAINT}. */
    DROP_CONSTRAINT,
    /** {@code ALTER TABLE … DETACH PARTITION}. */
    DETACH_PARTITION,
    /** {@code ALTER TABLE … ALTER COLUMN … TYPE}: rewrites the table and can lose precision. */
    ALTER_TYPE,
    /** No SQL at all: the volume or the data directory of a cluster is removed, by {@code docker compose down -v} for instance. */
    DROP_CLUSTER;

    /** {@return whether rows leave a table that goes on to exist} */
    public boolean removesRows() {
        return this == DELETE || this == MERGE_DELETE || this == TRUNCATE;
    }

    /** {@return whether a table and with it all its rows cease to exist} */
    public boolean dropsTables() {
        return this == DROP_TABLE
                || this == DROP_FOREIGN_TABLE
                || this == DROP_SCHEMA
                || this == DROP_DATABASE
                || this == DROP_OWNED
                || this == DROP_CLUSTER;
    }
}
