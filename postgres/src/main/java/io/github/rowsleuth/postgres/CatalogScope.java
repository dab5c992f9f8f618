package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableIndex;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ForeignKey;
import io.github.rowsleuth.probe.ForeignKeys;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.ScopeProbe;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.probe.UnknownTable;
import io.github.rowsleuth.probe.Volatility;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The scope, from system catalogs alone. */
final class CatalogScope implements ScopeProbe {

    // Partitions inherit keys. What leads from or to a partition is kept, because its rows are hit; what merely repeats
    // the key of its parent between the same two tables is not.
    private static final Query FOREIGN_KEYS = new Query(
            """
            select k.conname::text as name, k.confdeltype::text as on_delete,
                   cn.nspname::text as child_schema, c.relname::text as child,
                   pn.nspname::text as parent_schema, p.relname::text as parent
              from pg_constraint k
              join pg_class c on c.oid = k.conrelid
              join pg_namespace cn on cn.oid = c.relnamespace
              join pg_class p on p.oid = k.confrelid
              join pg_namespace pn on pn.oid = p.relnamespace
             where k.contype = 'f'
               and not exists (select 1 from pg_constraint up
                                where up.oid = k.conparentid
                                  and up.conrelid = k.conrelid and up.confrelid = k.confrelid)
             order by cn.nspname::text collate "C", c.relname::text collate "C", k.conname::text collate "C",
                      pn.nspname::text collate "C", p.relname::text collate "C"\
            """, "pg_constraint", "SELECT ON pg_catalog.pg_constraint, pg_catalog.pg_class, pg_catalog.pg_namespace");

    private final Sessions sessions;

    CatalogScope(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return "postgres.scope";
    }

    @Override
    public Volatility volatility() {
        return Volatility.CATALOG;
    }

    @Override
    public Scope examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, CatalogScope::read);
    }

    private static Scope read(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        Server server = Server.read(session);
        ScopeEvidence evidence = new ScopeEvidence(session, server);
        evidence.recordServer();
        List<TableScope> drafts = CatalogTable.all(session, server);
        Optional<List<ForeignKey>> keys = session.rowsOrGap(
                FOREIGN_KEYS,
                "which tables a TRUNCATE … CASCADE or a cascading DELETE reaches is unknown",
                CatalogScope::foreignKey);
        CatalogDetails details = CatalogDetails.read(session, drafts, keys.orElse(List.of()), server.role());
        List<TableScope> tables = drafts.stream()
                .map(details::addTo)
                .map(evidence::recordedIfTelling)
                .toList();
        TableIndex<TableScope> index = TableIndex.of(tables, TableScope::table);
        SearchPaths.record(session, server, index);
        List<UnknownTable> unknown = MissingTables.find(session, server, tables, index);
        Scope scope =
                new Scope(server.identity(), tables, keys.map(ForeignKeys::new).orElse(ForeignKeys.NONE), unknown);
        evidence.recordCreation(scope);
        boolean all = keys.isPresent() && details.complete() && server.control().isPresent();
        cover(session.examination(), scope, keys, all);
        return scope;
    }

    private static ForeignKey foreignKey(Row row) throws SQLException {
        return new ForeignKey(
                row.text("name"),
                TableName.of(row.text("child_schema"), row.text("child")),
                TableName.of(row.text("parent_schema"), row.text("parent")),
                switch (row.text("on_delete")) {
                    case "r" -> ForeignKey.OnDelete.RESTRICT;
                    case "c" -> ForeignKey.OnDelete.CASCADE;
                    case "n" -> ForeignKey.OnDelete.SET_NULL;
                    case "d" -> ForeignKey.OnDelete.SET_DEFAULT;
                    default -> ForeignKey.OnDelete.NO_ACTION;
                });
    }

    private static void cover(Examination examination, Scope scope, Optional<List<ForeignKey>> keys, boolean all) {
        List<UnknownTable> unknown = scope.unknown();
        String read = scope.tables().size() + " tables and "
                + keys.map(k -> k.size() + " foreign keys").orElse("no foreign keys")
                + " of the database "
                + scope.database().database();
        String missing = unknown.isEmpty()
                ? "; see the gaps"
                : "; not there: " + unknown.stream().map(UnknownTable::table).toList();
        examination.coverage(all && unknown.isEmpty() ? Coverage.complete(read) : Coverage.partial(read + missing));
    }
}
