package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.transaction.ClockTable;
import io.github.rowsleuth.transaction.XidAnchor;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the transactions and times of rows of a table that only grows. The one probe here that reads a user table. */
final class ClockReading implements Probe<ClockTable> {

    /** How many rows are read at most. */
    private static final int MOST = 10_000;

    /** The neighbours just outside the window bound what is inside. */
    private static final Duration AROUND = Duration.ofHours(1);

    /** From the beginning of a transaction, whose time its rows bear, to its first write. */
    private static final Duration SLOWNESS = Duration.ofSeconds(10);

    private final Sessions sessions;
    private final TableName table;
    private final String column;

    ClockReading(Sessions sessions, TableName table, String column) {
        this.sessions = sessions;
        this.table = table;
        this.column = column;
    }

    static ClockReading of(Sessions sessions, String table, String column) {
        TableName name = TableName.parse(table);
        TableName field = TableName.parse(column);
        if (name.schema().isEmpty() || field.schema().isPresent()) {
            throw new IllegalArgumentException(
                    "expected a table with its schema and a column without one, such as public.events and created_at; got "
                            + name + " and " + field);
        }
        return new ClockReading(sessions, name, field.name());
    }

    @Override
    public Class<ClockTable> answerType() {
        return ClockTable.class;
    }

    @Override
    public String id() {
        return "postgres.clock-table";
    }

    @Override
    public Volatility volatility() {
        return Volatility.SCAN;
    }

    @Override
    public ClockTable examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, this::read);
    }

    private record Inserted(long xid, Instant earliest, Instant latest) {}

    private ClockTable read(Session session) throws SQLException, ProbeUnavailableException, InterruptedException {
        TimeWindow window = session.examination().incident().window();
        if (window.notBefore().isEmpty()) {
            throw new ProbeUnavailableException(
                    "expected to know since when the rows were missing, found a window without a beginning: the whole"
                            + " table would have to be read",
                    "say so with lostBetween(…)");
        }
        ClockColumn.checked(session, table, column);
        Instant from = window.notBefore().get().minus(AROUND);
        Instant to = window.notAfter()
                .orElse(session.examination().clock().instant())
                .plus(AROUND);
        long[] rows = {0};
        List<Inserted> inserted = new ArrayList<>();
        session.rows(
                query(),
                row -> {
                    rows[0] += row.number("rows");
                    return inserted(row).map(inserted::add);
                },
                from.toString(),
                to.toString());
        List<Inserted> sound = inOrder(inserted);
        cover(session, rows[0], inserted.size() - sound.size(), sound.size());
        return new ClockTable(table, column, sound.stream().map(this::anchor).toList());
    }

    // The names are those of the catalogs, quoted; a quoted name may hold anything but is a name.
    private Query query() throws ProbeUnavailableException {
        String from = quoted(table.schema().orElse("")) + "." + quoted(table.name());
        String sql = """
                select s.xid, count(*) as rows, min(s.at) as earliest, max(s.at) as latest,
                       pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next
                  from (select t.xmin::text::bigint as xid, t.{column} as at
                          from {table} t
                         where t.{column} between ?::timestamptz and ?::timestamptz
                         limit 10000) s
                 group by s.xid""".replace("{column}", quoted(column)).replace("{table}", from);
        if (sql.contains(";")) {
            throw new ProbeUnavailableException(
                    "expected names without a semicolon, found " + table + "." + column, "name another table");
        }
        return new Query(sql, table.toString(), "SELECT ON " + from);
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static Optional<Inserted> inserted(Row row) throws SQLException {
        Optional<Instant> earliest = row.instant("earliest");
        Optional<Instant> latest = row.instant("latest");
        return TransactionClock.withEpoch(row.number("xid"), row.number("next"))
                .flatMap(xid -> earliest.flatMap(e -> latest.map(l -> new Inserted(xid, e, l))));
    }

    /** Leaves out rows that are older than those of smaller ids: they were updated, or their transaction waited long. */
    private static List<Inserted> inOrder(List<Inserted> rows) {
        List<Inserted> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingLong(Inserted::xid));
        List<Inserted> sound = new ArrayList<>();
        Instant newest = Instant.MIN;
        for (Inserted row : sorted) {
            if (row.earliest().isBefore(newest.equals(Instant.MIN) ? newest : newest.minus(SLOWNESS))) {
                continue;
            }
            sound.add(row);
            newest = row.latest().isAfter(newest) ? row.latest() : newest;
        }
        return sound;
    }

    private XidAnchor anchor(Inserted row) {
        return new XidAnchor(
                row.xid(), Moment.between(row.earliest(), row.latest().plus(SLOWNESS)), table + "." + column);
    }

    private void cover(Session session, long rows, int outOfOrder, int dated) {
        Examination examination = session.examination();
        examination.record(
                new Observation.ServerFact(rows + " rows of " + table + " date " + dated + " transactions"
                        + (outOfOrder == 0 ? "" : ", besides " + outOfOrder + " that are out of order")),
                Moment.unknown(),
                session.at(table + "." + column));
        String read = rows + " rows of " + table + " within an hour of the window";
        examination.coverage(rows < MOST ? Coverage.complete(read) : Coverage.partial(read + ", the most allowed"));
    }
}
