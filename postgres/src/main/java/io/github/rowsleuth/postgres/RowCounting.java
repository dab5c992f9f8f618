package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.RowCount;
import io.github.rowsleuth.probe.RowCounts;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One counting of the tables of an incident, each in a transaction of its own. */
final class RowCounting {

    private final Session session;
    private final Examination examination;
    private final CountingPermit permit;
    private final List<RowCount> counts = new ArrayList<>();

    private RowCounting(Session session, CountingPermit permit) {
        this.session = session;
        this.examination = session.examination();
        this.permit = permit;
    }

    static RowCounts of(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        Server server = Server.read(session);
        List<Relation> tables = Relation.named(session, session.examination().incident()).stream()
                .filter(relation -> !relation.partitioned())
                .toList();
        RowCounting counting = new RowCounting(session, CountingPermit.of(session, server, tables));
        for (Relation table : tables) {
            if (counting.permit.allows(table)) {
                counting.count(table.name());
            }
        }
        counting.cover(tables);
        return new RowCounts(counting.counts);
    }

    private void count(TableName table) throws SQLException, ProbeUnavailableException, InterruptedException {
        session.renew();
        Instant began = examination.clock().instant();
        Query query = new Query(
                "select pg_catalog.count(*) as rows from only " + EscapedName.of(table),
                table.toString(),
                "SELECT ON " + table);
        Optional<List<Long>> rows = session.rowsOrGap(query, "its rows were not counted", row -> row.number("rows"));
        rows.ifPresent(one -> {
            counts.add(new RowCount(table, one.get(0), began, permit.place()));
            record(table, one.get(0), began);
        });
    }

    private EvidenceId record(TableName table, long rows, Instant began) {
        String summary = table + " has " + rows + " rows, counted by reading it "
                + (permit.place() == RowCount.Place.STANDBY
                        ? "on a standby, which prunes nothing"
                        : "on the primary, which pruned deleted rows off its full pages");
        return examination.record(
                new CountedRows(table, summary), Moment.at(began), session.at("SELECT count(*) FROM ONLY " + table));
    }

    private void cover(List<Relation> tables) {
        String counted = counts.size() + " of " + tables.size() + " tables were counted";
        boolean complete = counts.size() == tables.size() && !tables.isEmpty();
        examination.coverage(complete ? Coverage.complete(counted) : Coverage.partial(counted));
    }

    /**
     * How many rows a table has.
     *
     * @param table the table
     * @param summary how many, and what the counting did
     */
    private record CountedRows(TableName table, String summary) implements Observation.Custom {
        @Override
        public List<TableName> tables() {
            return List.of(table);
        }
    }
}
