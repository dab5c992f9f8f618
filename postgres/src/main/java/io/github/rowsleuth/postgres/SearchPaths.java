package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableIndex;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.TableScope;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Says whom a wrong {@code search_path} may have led to another table of the same name. */
final class SearchPaths {

    private static final Query SETTINGS =
            new Query("""
            select coalesce('the role ' || quote_ident(r.rolname), 'every role') as who, s.setdatabase <> 0 as here,
                   substr(c.setting, 13) as path
              from pg_db_role_setting s
              cross join unnest(s.setconfig) c(setting)
              left join pg_roles r on r.oid = s.setrole
             where c.setting like 'search\\_path=%'
               and s.setdatabase in (0, (select d.oid from pg_database d where d.datname = current_database()))
             order by 1, 2\
            """, "pg_db_role_setting", "SELECT ON pg_catalog.pg_db_role_setting");

    private SearchPaths() {}

    /** Only where a name of the incident does not lead to exactly one table. */
    static void record(Session session, Server server, TableIndex<TableScope> tables)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Examination examination = session.examination();
        boolean doubtful = false;
        for (TableName wanted : examination.incident().tables()) {
            List<TableScope> named = tables.matching(wanted);
            doubtful |= named.size() != 1;
            if (named.size() > 1) {
                fact(session, ambiguity(server, wanted, named), "pg_class");
            }
        }
        if (doubtful) {
            recordSettings(session);
        }
    }

    private static String ambiguity(Server server, TableName wanted, List<TableScope> named) {
        Optional<TableName> found = named.stream()
                .filter(TableScope::onSearchPath)
                .map(TableScope::table)
                .findFirst();
        return "the name " + wanted + " fits "
                + named.stream().map(TableScope::table).toList() + ", and the role " + server.role() + " finds "
                + found.map(TableName::toString).orElse("none of them") + " by its search_path "
                + server.identity().searchPath();
    }

    private static void recordSettings(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<String> settings = session.rowsOrGap(
                        SETTINGS,
                        "which roles look into which schemas first is unknown",
                        row -> row.text("who") + " has search_path = " + row.text("path")
                                + (row.flag("here") ? " in this database" : ""))
                .orElse(List.of());
        settings.forEach(setting -> fact(session, setting, "pg_db_role_setting"));
    }

    private static void fact(Session session, String summary, String location) {
        session.examination().record(new Observation.ServerFact(summary), Moment.unknown(), session.at(location));
    }
}
