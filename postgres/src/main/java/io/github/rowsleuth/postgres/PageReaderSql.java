package io.github.rowsleuth.postgres;

/**
 * The function with which a superuser lets another role read raw pages, and nothing else of what pageinspect can do:
 * pages of the main file of user tables, never of system catalogs, which hold password hashes. Its search path is fixed and
 * every name in it has a schema, so that its caller can not make it run anything else.
 */
final class PageReaderSql {

    private PageReaderSql() {}

    /** Statements that can be run as they stand, by psql too. */
    static String install(String schemaOfPageinspect, long numberBytes, String quotedRole) {
        return """
                CREATE SCHEMA IF NOT EXISTS rowsleuth; \
                CREATE EXTENSION IF NOT EXISTS pageinspect SCHEMA %1$s; \
                CREATE OR REPLACE FUNCTION rowsleuth.raw_page(relation regclass, block bigint) RETURNS bytea \
                LANGUAGE sql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS \
                $$ SELECT %1$s.get_raw_page(relation::text, 'main'::text, %2$s) WHERE relation::oid >= 16384 $$; \
                REVOKE ALL ON FUNCTION rowsleuth.raw_page(regclass, bigint) FROM PUBLIC; \
                """.formatted(schemaOfPageinspect, numberBytes < Long.BYTES ? "block::int" : "block")
                + grants(quotedRole);
    }

    static String grants(String quotedRole) {
        return """
                GRANT USAGE ON SCHEMA rowsleuth TO %1$s; \
                GRANT EXECUTE ON FUNCTION rowsleuth.raw_page(regclass, bigint) TO %1$s""".formatted(quotedRole);
    }
}
