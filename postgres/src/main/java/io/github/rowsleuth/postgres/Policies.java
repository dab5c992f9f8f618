package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.server.StoredItem;
import io.github.rowsleuth.server.StoredItem.Effect;
import io.github.rowsleuth.server.StoredItem.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The policies of row-level security. */
final class Policies {

    // Not pg_get_expr(), which locks the table. A policy that holds for every row hides none.
    private static final Query POLICIES = new Query(
            """
            select p.polname::text as name, p.polcmd::text as command, p.polpermissive as permissive,
                   case when p.polroles = array[0::oid] then 'public'
                        else (select string_agg(quote_ident(r.rolname), ', ' order by r.rolname::text collate "C")
                                from pg_roles r where r.oid = any (p.polroles)) end as roles,
                   n.nspname::text as schema, c.relname::text as relation, c.relrowsecurity as enabled
              from pg_policy p
              join pg_class c on c.oid = p.polrelid
              join pg_namespace n on n.oid = c.relnamespace
             where p.polcmd in ('r', 'd', '*') and p.polqual is not null
               and p.polqual::text !~ '^[{]CONST :consttype 16 .*:constvalue 1 \\[ 1 '
               and not exists (select from pg_depend e
                                where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
             order by n.nspname::text collate "C", c.relname::text collate "C", p.polname::text collate "C"\
            """,
            "pg_policy",
            "SELECT ON pg_catalog.pg_policy, pg_catalog.pg_class, pg_catalog.pg_namespace, pg_catalog.pg_roles,"
                    + " pg_catalog.pg_depend");

    private Policies() {}

    static Optional<List<StoredItem>> read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rowsOrGap(POLICIES, "from whom row-level security hides rows is unknown", Policies::item);
    }

    private static StoredItem item(Row row) throws SQLException {
        String name = row.text("name");
        String command = row.text("command");
        TableName table = TableName.of(row.text("schema"), row.text("relation"));
        String words = command.equals("r") ? "SELECT" : command.equals("d") ? "DELETE" : "ALL";
        return StoredItem.builder()
                .kind(Kind.POLICY)
                .effect(command.equals("d") ? Effect.PREVENTS : Effect.HIDES)
                .name(name)
                .table(table)
                .enabled(row.flag("enabled"))
                .definition(Excerpt.ofHarmless("CREATE POLICY " + Triggers.quoted(name) + " ON " + table
                        + (row.flag("permissive") ? "" : " AS RESTRICTIVE") + " FOR " + words + " TO "
                        + row.optionalText("roles").orElse("roles that were dropped") + " USING (…)"))
                .build();
    }
}
