package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The way on which this role reads raw pages. pageinspect's functions demand a superuser, whatever was granted
 * (contrib/pageinspect/rawpage.c, get_raw_page_internal); all others need a function that a superuser lends them.
 *
 * @param copy streams the pages that the settings name
 * @param searchPath finds the function
 * @param name of the function, for people
 * @param blockSize of the server, in bytes
 */
record PageAccess(Query copy, String searchPath, String name, int blockSize) {

    static final String PLAIN_PATH = "pg_catalog, pg_temp";

    private static final Query FACTS = new Query(
            """
            select current_setting('block_size')::int as block_size, pg_is_in_recovery() as in_recovery,
                   current_user::text as role, quote_ident(current_user) as quoted_role,
                   (select r.rolsuper from pg_roles r where r.rolname = current_user) as superuser,
                   exists (select from pg_available_extensions a where a.name = 'pageinspect') as available,
                   e.extversion as version, quote_ident(n.nspname) as schema,
                   (select max(case p.proargtypes[2] when 'int8'::regtype then 8 else 4 end)
                      from pg_proc p
                      join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = p.oid
                       and d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e'
                     where p.pronamespace = n.oid and p.proname = 'get_raw_page' and p.pronargs = 3) as number_bytes,
                   w.oid is not null as lent,
                   coalesce(w.prosecdef and (select r.rolsuper from pg_roles r where r.oid = w.proowner)
                            and 'search_path=pg_catalog, pg_temp' = any (w.proconfig), false) as trusted,
                   coalesce(has_schema_privilege(w.pronamespace, 'usage')
                            and has_function_privilege(w.oid, 'execute'), false) as granted
              from (select) as always
              left join pg_extension e on e.extname = 'pageinspect'
              left join pg_namespace n on n.oid = e.extnamespace
              left join pg_proc w on w.proname = 'raw_page'
               and w.pronamespace = (select l.oid from pg_namespace l where l.nspname = 'rowsleuth')
               and w.proargtypes::text = '2205 20' and w.prorettype = 'bytea'::regtype""",
            "pg_extension",
            "SELECT ON pg_catalog.pg_extension, pg_catalog.pg_proc, pg_catalog.pg_depend, pg_catalog.pg_roles,"
                    + " pg_catalog.pg_namespace");

    // Everything but the page function is named with its schema or is an exact match in pg_catalog, which comes first
    // on
    // the path: the schema of the extension may let others create functions. The sort keeps the order of the file, so
    // that after an error the last page tells which was the next.
    private static final String COPY = """
            copy (select x.n, x.b, <page>
                    from (select r.n::int4 as n, b.b::int8 as b, c.oid as relation,
                                 pg_catalog.format('%I.%I'::text, s.nspname, c.relname) as name
                            from unnest(pg_catalog.current_setting('rowsleuth.relations')::oid[],
                                        pg_catalog.current_setting('rowsleuth.firsts')::int8[],
                                        pg_catalog.current_setting('rowsleuth.lasts')::int8[])
                                 with ordinality as r(relation, first, last, n)
                            join pg_catalog.pg_class c on c.oid = r.relation
                            join pg_catalog.pg_namespace s on s.oid = c.relnamespace
                           cross join lateral pg_catalog.generate_series(r.first, r.last) as b(b)
                           order by 1, 2) x)
            to stdout (format binary)""";

    private static final Query BY_INT8 = copyOf("get_raw_page(x.name, 'main'::text, x.b)", "get_raw_page()");
    private static final Query BY_INT4 = copyOf("get_raw_page(x.name, 'main'::text, x.b::int4)", "get_raw_page()");
    private static final Query LENT =
            copyOf("rowsleuth.raw_page(x.relation::pg_catalog.regclass, x.b)", "rowsleuth.raw_page()");

    private static Query copyOf(String page, String reads) {
        return new Query(COPY.replace("<page>", page), reads, "EXECUTE ON FUNCTION " + reads);
    }

    /** What the server says of its functions and of us. */
    private record Facts(
            int blockSize,
            boolean inRecovery,
            String role,
            String quotedRole,
            boolean superuser,
            boolean available,
            Optional<String> version,
            Optional<String> schema,
            long numberBytes,
            boolean lent,
            boolean trusted,
            boolean granted) {

        static Facts of(Row row) throws SQLException {
            return new Facts(
                    (int) row.number("block_size"),
                    row.flag("in_recovery"),
                    row.text("role"),
                    row.text("quoted_role"),
                    row.flag("superuser"),
                    row.flag("available"),
                    row.optionalText("version"),
                    row.optionalText("schema"),
                    row.number("number_bytes"),
                    row.flag("lent"),
                    row.flag("trusted"),
                    row.flag("granted"));
        }

        /** How long block numbers are, or will be once the extension is installed. */
        long numberBytes(int major) {
            return numberBytes > 0 ? numberBytes : major < 14 ? Integer.BYTES : Long.BYTES;
        }
    }

    /** The way, or why there is none and who can open one. */
    static PageAccess of(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        Facts facts = session.rows(FACTS, Facts::of).get(0);
        return open(facts).orElseThrow(() -> closed(session.major(), facts));
    }

    /** Whether there is a way; throws if that can not be found out. */
    static boolean exists(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        return open(session.rows(FACTS, Facts::of).get(0)).isPresent();
    }

    private static Optional<PageAccess> open(Facts facts) {
        if (facts.superuser() && facts.schema().isPresent() && facts.numberBytes() > 0) {
            return Optional.of(new PageAccess(
                    facts.numberBytes() == Long.BYTES ? BY_INT8 : BY_INT4,
                    "pg_catalog, " + facts.schema().get() + ", pg_temp",
                    "get_raw_page() of pageinspect " + facts.version().orElse(""),
                    facts.blockSize()));
        }
        return !facts.superuser() && facts.lent() && facts.trusted() && facts.granted()
                ? Optional.of(new PageAccess(LENT, PLAIN_PATH, "rowsleuth.raw_page()", facts.blockSize()))
                : Optional.empty();
    }

    private static ProbeUnavailableException closed(int major, Facts facts) {
        String there = facts.inRecovery() ? " on the primary" : "";
        if (facts.superuser()) {
            return new ProbeUnavailableException(
                    "the extension pageinspect, which reads raw pages, is not installed in this database",
                    (facts.available()
                                    ? ""
                                    : "install the package with PostgreSQL's contrib modules on the host of the server, then ")
                            + "CREATE EXTENSION pageinspect" + there);
        }
        String role = "the role " + facts.role() + " may not read raw pages";
        if (facts.lent() && facts.trusted()) {
            return new ProbeUnavailableException(
                    role, "a superuser runs" + there + ": " + PageReaderSql.grants(facts.quotedRole()));
        }
        return new ProbeUnavailableException(
                role
                        + (facts.lent()
                                ? ": rowsleuth.raw_page() is there, but not as a superuser's function with a fixed search_path"
                                : ""),
                "a superuser runs" + there + ": "
                        + PageReaderSql.install(
                                facts.schema().orElse("rowsleuth"), facts.numberBytes(major), facts.quotedRole()));
    }
}
