package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.server.CountedStatement;
import io.github.rowsleuth.server.ScheduledJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Looks for what ties a suspect to the loss, beyond a footprint that fits. */
final class Joins {

    private static final long LOW_32_BITS = 0xFFFF_FFFFL;

    private final List<TableFate> hit;
    private final LossTime time;
    private final CodeJoins code;

    /**
     * Of one loss.
     *
     * @param hit the tables hit
     * @param acts the smallest acts that explain them
     * @param time when they were hit
     * @param seen the statements that were seen or counted, and that fit
     */
    Joins(List<TableFate> hit, List<Act> acts, LossTime time, List<Candidate> seen) {
        this.hit = hit;
        this.time = time;
        this.code = new CodeJoins(acts, time, seen);
    }

    List<Join> of(Candidate candidate) {
        List<Join> joins = new ArrayList<>();
        Origin origin = candidate.origin();
        if (origin instanceof Origin.Seen log) {
            joins.addAll(ofLog(candidate, log.statements()));
        } else if (origin instanceof Origin.Counted counted) {
            joins.addAll(ofStatistics(candidate, counted.statement()));
        } else if (origin instanceof Origin.Code file) {
            joins.addAll(code.of(candidate, file));
        } else if (origin instanceof Origin.Started started) {
            code.started(candidate, started.act()).ifPresent(joins::add);
        } else if (origin instanceof Origin.Scheduled scheduled) {
            joins.addAll(ofRuns(scheduled.job()));
        }
        joins.sort(Comparator.comparing(Join::strength).reversed().thenComparing(Join::kind));
        return joins;
    }

    private List<Join> ofLog(Candidate candidate, List<ObservedStatement> statements) {
        List<Join> joins = new ArrayList<>();
        joins.add(new Join(
                Join.Kind.SEEN,
                Join.Strength.IDENTITY,
                "it was seen at " + candidate.suspect().moment(),
                candidate.suspect().evidence()));
        transaction(statements).ifPresent(joins::add);
        for (ObservedStatement statement : statements) {
            statement
                    .rows()
                    .flatMap(r -> lost(statement.statement().tables(), r))
                    .ifPresent(f -> joins.add(rows(f, statement.rows().orElse(0L), List.of(statement.evidence()))));
        }
        return joins;
    }

    /** A log holds the low half of what the server and its pages hold with an epoch. */
    private Optional<Join> transaction(List<ObservedStatement> statements) {
        return hit.stream()
                .filter(f -> f.transactions().stream()
                        .anyMatch(x -> statements.stream().anyMatch(s -> sameTransaction(s, x))))
                .findFirst()
                .map(f -> new Join(
                        Join.Kind.TRANSACTION,
                        Join.Strength.IDENTITY,
                        "its transaction is one that removed rows of " + f.table() + " by another source",
                        f.evidence()));
    }

    /** Whether the log names that transaction; it has the low half of the id. */
    static boolean sameTransaction(ObservedStatement seen, long xid) {
        return seen.transaction()
                .filter(x -> (x & LOW_32_BITS) == (xid & LOW_32_BITS))
                .isPresent();
    }

    private Optional<TableFate> lost(List<TableName> named, long rows) {
        return hit.stream()
                .filter(f -> named.stream().anyMatch(t -> t.matches(f.table())))
                .filter(f -> rows > 0 && vanished(f) == rows)
                .findFirst();
    }

    private static long vanished(TableFate fate) {
        return fate.rowsBefore().orElse(0L)
                - fate.rowsNow().orElse(0L)
                + fate.insertedSince().orElse(0L);
    }

    private static Join rows(TableFate fate, long rows, List<EvidenceId> evidence) {
        return new Join(
                Join.Kind.ROWS,
                Join.Strength.CORROBORATION,
                "it removed " + rows + " rows, as many as " + fate.table() + " lost",
                evidence);
    }

    private List<Join> ofStatistics(Candidate candidate, CountedStatement statement) {
        List<Join> joins = new ArrayList<>();
        joins.add(new Join(
                Join.Kind.SEEN,
                Join.Strength.CORROBORATION,
                "pg_stat_statements counted it " + Hypotheses.numberOf(statement.calls(), "time")
                        + ", committed or not",
                candidate.suspect().evidence()));
        List<TableName> named = statement.destructive().stream()
                .flatMap(d -> d.tables().stream())
                .toList();
        lost(named, statement.rows()).ifPresent(f -> joins.add(rows(f, statement.rows(), statement.evidence())));
        return joins;
    }

    private List<Join> ofRuns(ScheduledJob job) {
        return job.runs().stream()
                .filter(r -> r.status().equals("succeeded"))
                .filter(r -> time.bounded() && time.ofRun(r))
                .findFirst()
                .map(r -> new Join(
                        Join.Kind.SEEN,
                        Join.Strength.IDENTITY,
                        "a run of it that began at "
                                + r.started().map(Object::toString).orElse("") + " succeeded"
                                + r.message().map(m -> " with " + m).orElse(""),
                        job.evidence()))
                .stream()
                .toList();
    }
}
