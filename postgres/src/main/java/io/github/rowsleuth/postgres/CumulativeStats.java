package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableIndex;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Autovacuum;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.DeletionStatsProbe;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.Volatility;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The counters of all user tables, and since when they count. */
final class CumulativeStats implements DeletionStatsProbe {

    /** How many tables get evidence of their own even where nothing was deleted; the answer holds all of them. */
    private static final int MOST = 2_000;

    private static final String VIEW = "pg_stat_all_tables";

    // A snapshot of the statistics that somebody took in this transaction would be shown again.
    private static final Query CLEAR = new Query(
            "select pg_stat_clear_snapshot()::text as cleared",
            "pg_stat_clear_snapshot()",
            "EXECUTE ON FUNCTION pg_catalog.pg_stat_clear_snapshot()");

    private static final Query COUNTERS =
            new Query("""
            select t.schemaname::text as schema, t.relname::text as name, t.n_tup_ins, t.n_tup_upd, t.n_tup_del,
                   t.n_live_tup, t.n_dead_tup, t.n_mod_since_analyze, t.n_ins_since_vacuum, t.last_vacuum,
                   t.last_autovacuum, t.last_analyze, t.last_autoanalyze,
                   array_to_string(c.reloptions, ',') as parameters
              from pg_stat_all_tables t
              left join pg_class c on c.oid = t.relid
             where t.schemaname not in ('pg_catalog', 'information_schema', 'pg_toast')
               and t.schemaname !~ '^pg_(toast_)?temp_'
             order by t.schemaname::text collate "C", t.relname::text collate "C"\
            """, VIEW, "SELECT ON pg_catalog." + VIEW + ", pg_catalog.pg_class");

    /** The counters of a table, and its storage parameters where it has any. */
    private record Counted(TableCounters.Builder counters, Optional<String> parameters) {}

    private final Sessions sessions;

    CumulativeStats(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return "postgres.deletion-stats";
    }

    @Override
    public Volatility volatility() {
        return Volatility.COUNTERS;
    }

    @Override
    public DeletionStats examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, CumulativeStats::read);
    }

    private static DeletionStats read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        session.rows(CLEAR, row -> true);
        // The counters first, because they are the more volatile.
        List<Counted> counted = session.rows(COUNTERS, CumulativeStats::counted);
        List<TableCounters> counters = counters(counted, AutovacuumSettings.read(session));
        Server server = Server.read(session);
        Horizon horizon = Horizon.read(session, server);
        List<TableCounters> recorded = record(session, horizon, counters);
        cover(session.examination(), horizon, recorded);
        return new DeletionStats(horizon.validSince(), horizon.discarded(), recorded);
    }

    private static Counted counted(Row row) throws SQLException {
        TableCounters.Builder counters = TableCounters.builder()
                .table(TableName.of(row.text("schema"), row.text("name")))
                .inserted(row.number("n_tup_ins"))
                .updated(row.number("n_tup_upd"))
                .deleted(row.number("n_tup_del"))
                .live(row.number("n_live_tup"))
                .dead(row.number("n_dead_tup"))
                .modifiedSinceAnalyze(row.number("n_mod_since_analyze"))
                .insertedSinceVacuum(row.number("n_ins_since_vacuum"))
                .lastVacuum(row.instant("last_vacuum"))
                .lastAutovacuum(row.instant("last_autovacuum"))
                .lastAnalyze(row.instant("last_analyze"))
                .lastAutoanalyze(row.instant("last_autoanalyze"));
        return new Counted(counters, row.optionalText("parameters"));
    }

    private static List<TableCounters> counters(List<Counted> counted, Optional<AutovacuumSettings> settings) {
        Optional<Autovacuum> general = settings.map(AutovacuumSettings::general);
        return counted.stream()
                .map(c -> c.counters()
                        .autovacuum(settings.flatMap(s -> c.parameters().map(s::with))
                                .or(() -> general))
                        .build())
                .toList();
    }

    private static List<TableCounters> record(Session session, Horizon horizon, List<TableCounters> all) {
        Examination examination = session.examination();
        Moment moment = horizon.validSince().map(Moment::notBefore).orElse(Moment.unknown());
        List<TableCounters> recorded = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            TableCounters table = all.get(i);
            boolean wanted =
                    i < MOST || table.deleted() > 0 || examination.incident().names(table.table());
            if (wanted) {
                EvidenceId id = examination.record(observation(table), moment, session.at(VIEW));
                recorded.add(TableCounters.builder().from(table).addEvidence(id).build());
            } else {
                recorded.add(table);
            }
        }
        return recorded;
    }

    private static Observation observation(TableCounters table) {
        return new Observation.Counters(
                table.table(), table.inserted(), table.updated(), table.deleted(), table.live(), table.dead());
    }

    private static void cover(Examination examination, Horizon horizon, List<TableCounters> tables) {
        Incident incident = examination.incident();
        TableIndex<TableCounters> counted = TableIndex.of(tables, TableCounters::table);
        List<TableName> uncounted = incident.tables().stream()
                .filter(wanted -> counted.matching(wanted).isEmpty())
                .toList();
        for (TableName table : uncounted) {
            examination.gap(
                    "the server has no counters of " + table,
                    "whether rows were deleted from it was not counted: a dropped table takes its counters along, and"
                            + " foreign tables have none",
                    "check the name; see what the scope and the logs say");
        }
        String read = "counters of " + tables.size() + " tables, valid "
                + horizon.validSince().map(since -> "since " + since).orElse("from the beginning of the database");
        examination.coverage(
                uncounted.isEmpty() && horizon.complete() ? Coverage.complete(read) : Coverage.partial(read));
    }
}
