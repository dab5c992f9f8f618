package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.server.CountedStatement;
import io.github.rowsleuth.server.StatementStatistics;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The destructive statements that {@code pg_stat_statements} counted in this database. */
final class CountedStatements implements Probe<StatementStatistics> {

    /** How many statements are looked at, those that remove before those that change, and by how many rows they hit. */
    private static final int MOST = 5_000;

    static final String VIEW = "pg_stat_statements";

    // The text file is read once for the whole view. What no word of destroys is not sent.
    private static final String STATEMENTS = """
            select s.queryid, r.rolname::text as role, s.calls, s.rows, {levels} as top_level, {ages} as since,
                   left(s.query, 20000) as query, coalesce(s.query = '<insufficient privilege>', true) as hidden
              from {schema}.pg_stat_statements s
              left join pg_roles r on r.oid = s.userid
             where s.dbid = (select d.oid from pg_database d where d.datname = current_database())
               and (s.query is null or s.query = '<insufficient privilege>'
                    or s.query ~* '\\m(delete|truncate|drop|merge|alter|update|conflict)\\M')
             order by coalesce(s.query ~* '\\m(delete|truncate|drop|merge)\\M', false) desc, s.rows desc, s.calls desc, s.queryid, s.userid, 5
             limit {most}""";

    private static final String INFO = "select i.dealloc, i.stats_reset from {schema}.pg_stat_statements_info i";

    private record Horizon(Optional<Instant> since, long evicted) {}

    private final Sessions sessions;

    CountedStatements(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return "postgres.statement-statistics";
    }

    @Override
    public Class<StatementStatistics> answerType() {
        return StatementStatistics.class;
    }

    @Override
    public Volatility volatility() {
        return Volatility.COUNTERS;
    }

    @Override
    public StatementStatistics examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, CountedStatements::read);
    }

    private static StatementStatistics read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        StatementsExtension extension = StatementsExtension.read(session);
        String schema = extension.checkedSchema();
        List<CountedText> counted = session.rows(statements(extension, schema), CountedText::of);
        Optional<Horizon> horizon = extension.resets() ? horizon(session, schema) : Optional.empty();

        CountedEvidence evidence = new CountedEvidence(session, horizon.flatMap(Horizon::since));
        List<CountedStatement> destructive = counted.stream()
                .limit(MOST)
                .flatMap(c -> c.statement().stream())
                .sorted(CountedText.ORDER)
                .map(evidence::recorded)
                .toList();
        StatementStatistics statistics = new StatementStatistics(
                horizon.flatMap(Horizon::since),
                horizon.map(Horizon::evicted).orElse(0L),
                extension.tracked(),
                counted.stream().filter(CountedText::hidden).count(),
                destructive);
        evidence.sayWhatIsMissing(extension, statistics, counted.size() > MOST);
        return statistics;
    }

    private static Query statements(StatementsExtension extension, String schema) {
        return new Query(
                STATEMENTS
                        .replace("{levels}", extension.levels() ? "s.toplevel" : "null::boolean")
                        .replace("{ages}", extension.ages() ? "s.stats_since" : "null::timestamptz")
                        .replace("{schema}", schema)
                        .replace("{most}", Integer.toString(MOST + 1)),
                VIEW,
                "SELECT ON " + extension.schemaInSql() + "." + VIEW);
    }

    private static Optional<Horizon> horizon(Session session, String schema)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rowsOrGap(
                        new Query(
                                INFO.replace("{schema}", schema),
                                "pg_stat_statements_info",
                                "SELECT ON pg_stat_statements_info"),
                        "since when statements are counted, and whether some were evicted, is unknown",
                        row -> new Horizon(row.instant("stats_reset"), row.number("dealloc")))
                .flatMap(rows -> rows.stream().findFirst());
    }
}
