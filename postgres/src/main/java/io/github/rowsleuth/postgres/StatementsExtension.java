package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How {@code pg_stat_statements} is set up. Its version is that of the extension in this database, which may be older than
 * the server: what it has is looked up, not concluded.
 *
 * @param role the examining role, as it stands in SQL
 * @param database the examined database
 * @param schema the schema that it is installed in
 * @param usable whether the role may use that schema
 * @param schemaInSql that schema, as it stands in SQL
 * @param levels whether it tells statements of clients from those of functions (1.9)
 * @param ages whether it tells since when a statement is counted (1.11)
 * @param resets whether it tells of evictions and of its last reset (1.9)
 * @param tracked {@code pg_stat_statements.track}; empty where the library is not preloaded
 * @param utilities whether it counts {@code TRUNCATE} and {@code DROP}
 */
record StatementsExtension(
        String role,
        String database,
        Optional<String> schema,
        boolean usable,
        String schemaInSql,
        boolean levels,
        boolean ages,
        boolean resets,
        Optional<String> tracked,
        boolean utilities) {

    // Only the library itself makes its settings show up here (src/backend/utils/misc/guc.c, custom placeholders).
    private static final Query INSTALLED =
            new Query("""
            select quote_ident(current_user) as role, current_database()::text as database, n.nspname::text as schema,
                   coalesce(quote_ident(n.nspname), '') as quoted,
                   coalesce(has_schema_privilege(n.oid, 'usage'), false) as usable,
                   exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'toplevel') as levels,
                   exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'stats_since') as ages,
                   exists (select from pg_class i
                            where i.relnamespace = n.oid and i.relname = 'pg_stat_statements_info') as resets,
                   (select s.setting from pg_settings s where s.name = 'pg_stat_statements.track') as tracked,
                   coalesce((select s.setting from pg_settings s
                              where s.name = 'pg_stat_statements.track_utility'), 'on') = 'on' as utilities
              from (values (1)) one
              left join (pg_extension e
                         join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid
                                         and d.classid = 'pg_class'::regclass and d.deptype = 'e'
                         join pg_class c on c.oid = d.objid and c.relname = 'pg_stat_statements'
                         join pg_namespace n on n.oid = c.relnamespace)
                     on e.extname = 'pg_stat_statements'\
            """, "pg_extension, pg_settings", "SELECT ON pg_catalog.pg_extension, pg_catalog.pg_settings");

    private static final String NEXT_TIME =
            "for the next time: shared_preload_libraries = 'pg_stat_statements', which needs a restart (not now, a restart"
                    + " can destroy evidence), and CREATE EXTENSION pg_stat_statements";

    static StatementsExtension read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rows(
                        INSTALLED,
                        row -> new StatementsExtension(
                                row.text("role"),
                                row.text("database"),
                                row.optionalText("schema"),
                                row.flag("usable"),
                                row.text("quoted"),
                                row.flag("levels"),
                                row.flag("ages"),
                                row.flag("resets"),
                                row.optionalText("tracked"),
                                row.flag("utilities")))
                .get(0);
    }

    /** {@return the schema in a form of which no part can be anything but a name} */
    String checkedSchema() throws ProbeUnavailableException {
        if (tracked.isEmpty()) {
            throw new ProbeUnavailableException(
                    "expected pg_stat_statements in shared_preload_libraries, found that the server does not load it: no"
                            + " statements were counted",
                    "nothing can be had from it after the fact; " + NEXT_TIME);
        }
        if (schema.isEmpty()) {
            throw new ProbeUnavailableException(
                    "expected the extension pg_stat_statements in the database " + database
                            + ", found only its library, which counts",
                    "CREATE EXTENSION pg_stat_statements, in this database or, to leave it as it is, in another one of this"
                            + " server, where SELECT … WHERE dbid = … shows what was counted here");
        }
        if (!usable) {
            throw new ProbeUnavailableException(
                    "the role " + role + " may not use the schema " + schemaInSql + " of pg_stat_statements",
                    "GRANT USAGE ON SCHEMA " + schemaInSql + " TO " + role);
        }
        return inUnicode(schema.get());
    }

    /** A quoted identifier with Unicode escapes (PostgreSQL documentation, section 4.1.1): plain letters stay. */
    private static String inUnicode(String name) {
        StringBuilder text = new StringBuilder("U&\"");
        name.codePoints().forEach(c -> {
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
            text.append(plain ? Character.toString(c) : String.format(c > 0xFFFF ? "\\+%06X" : "\\%04X", c));
        });
        return text.append('"').toString();
    }
}
