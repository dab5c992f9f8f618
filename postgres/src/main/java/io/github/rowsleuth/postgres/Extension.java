package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An extension that is installed in the database, wherever its functions lie, whatever its version.
 *
 * @param schema its schema, as it would stand in SQL
 * @param usable whether the role may look into the schema
 * @param functions its functions with the types of their arguments, and whether the role may call them
 */
record Extension(String schema, boolean usable, Map<String, Boolean> functions) {

    private static final Query MEMBERS = new Query(
            """
            select quote_ident(n.nspname) as schema, has_schema_privilege(n.oid, 'usage') as usable,
                   format('%s(%s)', p.proname, oidvectortypes(p.proargtypes)) as function,
                   has_function_privilege(p.oid, 'execute') as callable
              from pg_extension e
              join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid
                              and d.classid = 'pg_proc'::regclass and d.deptype = 'e'
              join pg_proc p on p.oid = d.objid
              join pg_namespace n on n.oid = p.pronamespace
             where e.extname = ?""",
            "pg_extension, pg_proc",
            "SELECT ON pg_catalog.pg_extension, pg_catalog.pg_depend, pg_catalog.pg_proc, pg_catalog.pg_namespace");

    private static final Query AVAILABLE = new Query(
            "select exists (select from pg_available_extensions where name = ?) as available",
            "pg_available_extensions",
            "SELECT ON pg_catalog.pg_available_extensions");

    private record Member(String schema, boolean usable, String function, boolean callable) {

        static Member of(Row row) throws SQLException {
            return new Member(row.text("schema"), row.flag("usable"), row.text("function"), row.flag("callable"));
        }
    }

    static Optional<Extension> find(Session session, String name)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<Member> members = session.rows(MEMBERS, Member::of, name);
        return members.stream()
                .findFirst()
                .map(first -> new Extension(
                        first.schema(),
                        first.usable(),
                        members.stream().collect(Collectors.toMap(Member::function, Member::callable))));
    }

    /** Whether its files lie on the server, so that it could be created. */
    static boolean available(Session session, String name)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rows(AVAILABLE, row -> row.flag("available"), name).get(0);
    }

    boolean has(String function) {
        return functions.containsKey(function);
    }

    boolean mayCall(String function) {
        return usable && functions.getOrDefault(function, false);
    }

    /** A query over its functions; the text has {@code {schema}} where the schema belongs. */
    Query query(String sql, String function) {
        String privilege = usable ? "EXECUTE ON FUNCTION " + schema + "." + function : "USAGE ON SCHEMA " + schema;
        return new Query(
                sql.replace("{schema}", schema), function.substring(0, function.indexOf('(')) + "()", privilege);
    }
}
