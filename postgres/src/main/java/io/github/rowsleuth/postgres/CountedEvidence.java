package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.server.CountedStatement;
import io.github.rowsleuth.server.StatementStatistics;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts what was counted into sentences, hands them in, and says what these counts can not tell. */
final class CountedEvidence {

    /** How many statements on tables that the incident does not name are told of; the answer holds all. */
    private static final int MOST_OTHERS = 200;

    private final Session session;
    private final Examination examination;
    private final Optional<Instant> since;
    private int others;

    CountedEvidence(Session session, Optional<Instant> since) {
        this.session = session;
        this.examination = session.examination();
        this.since = since;
    }

    CountedStatement recorded(CountedStatement counted) {
        List<TableName> tables = counted.destructive().stream()
                .flatMap(d -> d.tables().stream())
                .distinct()
                .toList();
        boolean named = tables.stream().anyMatch(this::named);
        boolean removes = counted.destructive().stream()
                .anyMatch(d -> d.kind().removesRows() || d.kind().dropsTables());
        if (!named && !(removes && others++ < MOST_OTHERS)) {
            return counted;
        }
        EvidenceId id = examination.record(
                new Observation.StatementSeen(counted.destructive().get(0).kind(), tables, sentence(counted)),
                counted.since().or(() -> since).map(Moment::notBefore).orElse(Moment.unknown()),
                session.at(CountedStatements.VIEW),
                counted.text());
        return CountedStatement.builder().from(counted).addEvidence(id).build();
    }

    private boolean named(TableName table) {
        return examination.incident().tables().stream().anyMatch(table::matches);
    }

    private static String sentence(CountedStatement counted) {
        String what = counted.destructive().stream()
                .map(DestructiveStatement::toString)
                .distinct()
                .collect(Collectors.joining("; "));
        String by = counted.cascade()
                ? "a foreign key, in deletions by role "
                : counted.topLevel().orElse(true) ? "role " : "a function, a trigger or a DO block, run by role ";
        return what + " was run " + counted.calls() + " times and hit " + counted.rows()
                + " rows, rolled back or not, by " + by + counted.role().orElse("that no longer exists");
    }

    void sayWhatIsMissing(StatementsExtension extension, StatementStatistics statistics, boolean more) {
        boolean all = settings(extension);
        all &= reach(statistics, extension);
        all &= hidden(extension, statistics);
        if (more) {
            examination.gap(
                    "pg_stat_statements holds more statements than are looked at",
                    "those that hit the fewest rows are not seen",
                    "look for them by hand: SELECT … FROM pg_stat_statements WHERE query ILIKE '%delete%'");
        }
        String read = statistics.statements().size() + " destructive statements counted "
                + statistics.validSince().map(at -> "since " + at).orElse("since nobody knows when");
        examination.coverage(all && !more ? Coverage.complete(read) : Coverage.partial(read + "; see the gaps"));
    }

    private boolean settings(StatementsExtension extension) {
        String tracked = extension.tracked().orElse("");
        if (tracked.equals("top")) {
            examination.gap(
                    "pg_stat_statements.track = top",
                    "what functions, DO blocks, triggers and foreign keys delete is not counted: they count 0 rows",
                    "look at the stored code and the log; for the next time ALTER SYSTEM SET pg_stat_statements.track ="
                            + " 'all'");
        } else if (!tracked.equals("all")) {
            examination.gap(
                    "pg_stat_statements.track = " + tracked,
                    "nothing is counted now",
                    "look into the log; for the next time ALTER SYSTEM SET pg_stat_statements.track = 'all'");
        }
        if (!extension.utilities()) {
            examination.gap(
                    "pg_stat_statements.track_utility = off",
                    "TRUNCATE and DROP are not counted",
                    "look into the log; for the next time ALTER SYSTEM SET pg_stat_statements.track_utility = on");
        }
        return tracked.equals("all") && extension.utilities();
    }

    private boolean reach(StatementStatistics statistics, StatementsExtension extension) {
        Optional<Instant> from = examination.incident().window().notBefore();
        Optional<Instant> valid = statistics.validSince();
        boolean reaches = valid.isPresent()
                && from.filter(seen -> !seen.isBefore(valid.get())).isPresent();
        if (!reaches) {
            examination.gap(
                    valid.map(at -> "pg_stat_statements counts since " + at)
                            .orElse("since when pg_stat_statements counts is unknown"),
                    "what was run before that is not in it; a crash and pg_stat_statements_reset() discard all of it",
                    valid.isPresent() || extension.resets()
                            ? "say with lostBetween(…) since when the rows were missing, if that was later; else look into"
                                    + " the log of the time before"
                            : "look into the log; for the next time ALTER EXTENSION pg_stat_statements UPDATE, on"
                                    + " PostgreSQL 14 or newer");
        }
        if (statistics.evicted() > 0) {
            examination.gap(
                    "pg_stat_statements was full and evicted statements " + statistics.evicted() + " times",
                    "statements that were seldom run, as a clean-up is, go first",
                    "look into the log; for the next time raise pg_stat_statements.max, which needs a restart: not now");
        }
        return reaches && statistics.evicted() == 0;
    }

    private boolean hidden(StatementsExtension extension, StatementStatistics statistics) {
        if (statistics.hidden() > 0) {
            examination.gap(
                    "the texts of " + statistics.hidden() + " counted statements are hidden",
                    "any of them may be the one that destroyed",
                    "GRANT pg_read_all_stats TO " + extension.role());
        }
        return statistics.hidden() == 0;
    }
}
