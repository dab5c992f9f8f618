package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.AppliedMigrations;
import io.github.rowsleuth.probe.AppliedMigrations.Entry;
import io.github.rowsleuth.probe.AppliedMigrations.State;
import io.github.rowsleuth.probe.AppliedMigrations.VersionTable;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Volatility;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the version tables of migration tools, which are user tables. */
final class VersionTableReading implements Probe<AppliedMigrations> {

    private static final int MOST_ROWS = 10_000;

    /** The class of errors about values, such as a text that is no time (PostgreSQL documentation, appendix A). */
    private static final String DATA_EXCEPTION = "22";

    private static final Query TABLES = new Query("""
            select n.nspname as schema, c.relname as name,
                   (select string_agg(a.attname, e'\\n' order by a.attnum)
                      from pg_attribute a
                     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and c.relname = any (string_to_array(?, e'\\n'))
               and n.nspname not in ('pg_catalog', 'information_schema')
             order by n.nspname, c.relname""", "pg_class", "SELECT ON pg_catalog.pg_class");

    private final Sessions sessions;

    VersionTableReading(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Class<AppliedMigrations> answerType() {
        return AppliedMigrations.class;
    }

    @Override
    public String id() {
        return "postgres.applied-migrations";
    }

    @Override
    public Volatility volatility() {
        return Volatility.SCAN;
    }

    @Override
    public AppliedMigrations examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, this::read);
    }

    private record Found(VersionTableLayout layout, TableName table) {}

    private AppliedMigrations read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<Found> found = found(session);
        List<VersionTable> tables = new ArrayList<>();
        int skipped = 0;
        for (Found next : found) {
            if (session.examination().incident().names(next.table)) {
                session.examination()
                        .gap(
                                "the version table " + next.table + " belongs to the incident and was not read",
                                "which migrations were applied is not known from it",
                                "read it after its deleted rows were kept: keepingPagesIn(…)");
                skipped++;
            } else {
                Optional<VersionTable> table = read(session, next);
                table.ifPresent(tables::add);
                skipped += table.isPresent() ? 0 : 1;
            }
        }
        String detail = tables.size() + " version tables of migration tools";
        session.examination()
                .coverage(
                        skipped == 0
                                ? Coverage.complete(detail)
                                : Coverage.partial(detail + "; " + skipped + " not read"));
        return new AppliedMigrations(tables);
    }

    /** What is denied, or of other types than its tool makes it, keeps nobody from reading the others. */
    private static Optional<VersionTable> read(Session session, Found found) throws SQLException, InterruptedException {
        try {
            return Optional.of(version(session, found));
        } catch (ProbeUnavailableException e) {
            unread(session, found, String.valueOf(e.getMessage()), e.remedy());
        } catch (SQLException e) {
            String state = Optional.ofNullable(e.getSQLState()).orElse("");
            if (!state.startsWith(DATA_EXCEPTION)) {
                throw e;
            }
            unread(
                    session,
                    found,
                    "the version table " + found.table + " holds other types than its tool makes it with (state "
                            + state + ")",
                    "look into it by hand");
        }
        return Optional.empty();
    }

    private static void unread(Session session, Found found, String missing, String remedy) {
        session.examination()
                .gap(
                        missing,
                        "which migrations of " + found.layout.tool() + " were applied is not known from it",
                        remedy);
    }

    private static List<Found> found(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        String names = String.join(
                "\n",
                VersionTableLayout.KNOWN.stream()
                        .map(VersionTableLayout::table)
                        .distinct()
                        .toList());
        return session.rows(TABLES, VersionTableReading::found, names).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Found> found(Row row) throws SQLException {
        String schema = row.text("schema");
        String name = row.text("name");
        Set<String> columns =
                Set.copyOf(Arrays.asList(row.optionalText("columns").orElse("").split("\n", -1)));
        return VersionTableLayout.KNOWN.stream()
                .filter(l -> l.fits(schema, name, columns))
                .findFirst()
                .map(l -> new Found(l, TableName.of(schema, name)));
    }

    private static VersionTable version(Session session, Found found)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<Entry> rows = session.rows(query(found), VersionTableReading::entry).stream()
                .flatMap(Optional::stream)
                .toList();
        List<Entry> entries = found.layout.tool().equals("goose") ? newestOfEach(rows) : rows;
        return new VersionTable(
                found.layout.tool(),
                found.table.toString(),
                found.layout.completeness(),
                entries,
                List.of(session.examination()
                        .record(
                                new Observation.ServerFact("the version table " + found.table + " of "
                                        + found.layout.tool() + " holds " + entries.size() + " migrations"),
                                Moment.unknown(),
                                session.at(found.table.toString()))));
    }

    /** Goose adds a row when it applies, and another when it rolls back: the last one tells. */
    private static List<Entry> newestOfEach(List<Entry> rows) {
        List<Entry> newest = new ArrayList<>();
        for (Entry row : rows) {
            newest.removeIf(e -> e.version().equals(row.version()));
            newest.add(row);
        }
        return newest;
    }

    // The names are those of the catalogs, escaped; the expressions are constants.
    private static Query query(Found found) {
        VersionTableLayout layout = found.layout;
        String sql = "select " + layout.version() + " as version, " + layout.description() + "::text as description, "
                + layout.checksum() + "::text as checksum, (" + layout.installed() + ")::timestamptz as installed, "
                + layout.state() + " as state from " + EscapedName.of(found.table) + " order by " + layout.order()
                + " limit " + MOST_ROWS;
        return new Query(sql, found.table.toString(), "SELECT ON " + found.table);
    }

    private static Optional<Entry> entry(Row row) throws SQLException {
        Optional<String> version = row.optionalText("version");
        State state = switch (row.text("state")) {
            case "failed" -> State.FAILED;
            case "rolled back" -> State.ROLLED_BACK;
            default -> State.APPLIED;
        };
        Optional<Entry> entry = Optional.empty();
        if (version.isPresent()) {
            entry = Optional.of(new Entry(
                    version.get(),
                    row.optionalText("description"),
                    row.optionalText("checksum"),
                    row.instant("installed"),
                    OptionalInt.empty(),
                    state));
        }
        return entry;
    }
}
