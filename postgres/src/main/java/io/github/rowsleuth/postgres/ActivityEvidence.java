package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.server.PreparedTransaction;
import io.github.rowsleuth.server.ReplicationSlot;
import io.github.rowsleuth.server.RunningVacuum;
import io.github.rowsleuth.server.ServerSession;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts what goes on into sentences, and hands them in. */
final class ActivityEvidence {

    /** How many of the sessions that keep rows are told of, those that keep the oldest ones; the answer holds all. */
    private static final int MOST_KEEPERS = 50;

    private static final String SESSIONS = "pg_stat_activity";

    private final Session session;
    private final Examination examination;
    private final String database;

    ActivityEvidence(Session session, String database) {
        this.session = session;
        this.examination = session.examination();
        this.database = database;
    }

    void recordSettings(ActivityLimits limits) {
        if (!limits.autovacuum()) {
            examination.record(
                    new Observation.ServerFact(
                            "autovacuum is off: deleted rows stay on their pages until somebody vacuums or reads them"),
                    Moment.unknown(),
                    session.at("pg_settings"));
        }
    }

    List<ServerSession> recorded(List<ServerSession> sessions) {
        Set<Integer> keepers = sessions.stream()
                .filter(this::keepsRows)
                .sorted(Comparator.comparingLong((ServerSession s) -> oldest(s).orElse(Long.MAX_VALUE))
                        .thenComparingInt(ServerSession::pid))
                .limit(MOST_KEEPERS)
                .map(ServerSession::pid)
                .collect(Collectors.toSet());
        return sessions.stream()
                .map(s -> recorded(s, keepers.contains(s.pid())))
                .toList();
    }

    private boolean here(ServerSession s) {
        return s.database().filter(database::equals).isPresent();
    }

    /** What began when the rows were already gone keeps nothing of them. */
    private boolean keepsRows(ServerSession s) {
        Optional<Instant> gone = examination.incident().window().notAfter();
        boolean began = s.transactionStarted()
                .flatMap(start -> gone.filter(start::isAfter))
                .isPresent();
        return oldest(s).isPresent() && (here(s) || s.database().isEmpty()) && !began;
    }

    private static Optional<Long> oldest(ServerSession s) {
        return Stream.concat(s.oldestSeen().stream(), s.transaction().stream()).min(Comparator.naturalOrder());
    }

    private ServerSession recorded(ServerSession s, boolean keeper) {
        List<EvidenceId> ids = new ArrayList<>();
        if (keeper) {
            ids.add(examination.record(
                    new Observation.ServerFact(name(s) + " keeps rows that transaction "
                            + oldest(s).orElse(0L) + " or a later one deleted: do not end it"),
                    s.transactionStarted().map(Moment::at).orElse(Moment.unknown()),
                    session.at(SESSIONS)));
        }
        if (here(s) && !s.destructive().isEmpty()) {
            ids.add(destructive(s));
        }
        s.writing().stream()
                .filter(table -> examination.incident().names(table))
                .forEach(table -> ids.add(writing(
                        table,
                        name(s) + " holds a lock on " + table + " with which rows are changed: what it deleted so far"
                                + " comes back if it rolls back",
                        s.transactionStarted())));
        return ServerSession.builder().from(s).addAllEvidence(ids).build();
    }

    private static String name(ServerSession s) {
        String who = Stream.of(
                        s.role().map(r -> "role " + r),
                        s.application().map(a -> "application " + a),
                        s.role().isEmpty() ? s.backendType() : Optional.<String>empty(),
                        s.state()
                                .map(state -> state
                                        + s.stateSince()
                                                .map(at -> " since " + at)
                                                .orElse("")))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return "session " + s.pid() + (who.isEmpty() ? "" : " (" + who + ")");
    }

    private EvidenceId destructive(ServerSession s) {
        DestructiveStatement first = s.destructive().get(0);
        List<TableName> tables = s.destructive().stream()
                .flatMap(d -> d.tables().stream())
                .distinct()
                .toList();
        String statements =
                s.destructive().stream().map(DestructiveStatement::toString).collect(Collectors.joining("; "));
        return examination.record(
                new Observation.StatementSeen(first.kind(), tables, name(s) + doing(s, statements)),
                when(s),
                session.at(SESSIONS),
                s.statement().orElse(Excerpt.ofHarmless(statements)));
    }

    private static String doing(ServerSession s, String statements) {
        return switch (s.state().orElse("")) {
            case "active" -> " runs " + statements + " right now";
            case "idle in transaction" ->
                " last ran " + statements + ", in a transaction that is open and can be rolled back";
            case "idle in transaction (aborted)" ->
                " last ran " + statements + ", in a transaction that failed and removes nothing";
            default -> " last ran " + statements + ", and has ended that transaction";
        };
    }

    private static Moment when(ServerSession s) {
        Optional<Instant> end = s.state().filter("active"::equals).isPresent() ? Optional.empty() : s.stateSince();
        Optional<Instant> start =
                s.statementStarted().filter(at -> end.filter(at::isAfter).isEmpty());
        return new Moment(start, end);
    }

    private EvidenceId writing(TableName table, String sentence, Optional<Instant> since) {
        return examination.record(
                new Observation.CatalogEntry(table, sentence),
                since.map(Moment::notBefore).orElse(Moment.unknown()),
                session.at("pg_locks"));
    }

    PreparedTransaction recorded(Holders.Prepared p, List<TableName> writing) {
        String who = "transaction " + p.transaction() + ", prepared as '" + p.gid() + "' by " + p.owner() + ",";
        String keeps = p.database().equals(database)
                ? " keeps rows that it or a later transaction deleted: do not end it"
                : " is of the database " + p.database() + " and keeps no rows of " + database;
        EvidenceId id = examination.record(
                new Observation.ServerFact(who + keeps), Moment.at(p.since()), session.at("pg_prepared_xacts"));
        writing.stream()
                .filter(table -> examination.incident().names(table))
                .forEach(table -> writing(
                        table,
                        who + " holds a lock on " + table
                                + " with which rows are changed: what it deleted comes back with"
                                + " ROLLBACK PREPARED",
                        Optional.empty()));
        return new PreparedTransaction(p.gid(), p.transaction(), p.since(), p.owner(), p.database(), writing, id);
    }

    ReplicationSlot recorded(ReplicationSlot slot) {
        String rows = slot.oldestSeen()
                .map(xid -> " keeps rows that transaction " + xid + " or a later one deleted")
                .orElse("");
        String log = slot.restart()
                .map(lsn -> (rows.isEmpty() ? " keeps" : ", and") + " write-ahead log from " + lsn + " on")
                .orElse("");
        boolean served = slot.invalidated().isEmpty()
                && slot.walStatus().filter("lost"::equals).isEmpty();
        String sentence = "the replication slot " + slot.name()
                + (served && !(rows + log).isEmpty() ? rows + log + ": do not drop it" : " keeps nothing");
        EvidenceId id = examination.record(
                new Observation.ServerFact(sentence), Moment.unknown(), session.at("pg_replication_slots"));
        return ReplicationSlot.builder().from(slot).addEvidence(id).build();
    }

    RunningVacuum recorded(Holders.Vacuum v) {
        String phase = v.phase().orElse("");
        String sentence = (v.automatic() ? "autovacuum " : "a vacuum that somebody ordered ") + "(" + v.pid()
                + ") works on " + v.table().map(TableName::toString).orElse("a table of another database") + ", "
                + phase
                + ": it removes deleted rows that nothing keeps";
        Observation observation = v.table()
                .<Observation>map(t -> new Observation.CatalogEntry(t, sentence))
                .orElseGet(() -> new Observation.ServerFact(sentence));
        EvidenceId id = examination.record(observation, Moment.unknown(), session.at("pg_stat_progress_vacuum"));
        return new RunningVacuum(v.pid(), v.table(), phase, v.automatic(), id);
    }
}
