package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the transactions of an answer from what was deleted by whom. */
final class DeletingTransactions {

    /** So many get evidence of their own, those that deleted most; the answer holds all of them. */
    private static final int MOST = 1_000;

    /** A transaction with what its subtransactions did. */
    private static final class Draft {
        private final TransactionEnd end;
        private final Optional<String> gid;
        private final Set<Long> subtransactions = new TreeSet<>();
        private final Map<TableName, Long> rows = new TreeMap<>();

        private Draft(TransactionEnd end, Optional<String> gid) {
            this.end = end;
            this.gid = gid;
        }

        private long total() {
            return rows.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final Session session;
    private final Server server;
    private final PageAccess access;
    private final Map<Long, Draft> drafts = new TreeMap<>();

    private DeletingTransactions(Session session, Server server, PageAccess access) {
        this.session = session;
        this.server = server;
        this.access = access;
    }

    static List<ObservedTransaction> of(
            Session session, Server server, PageAccess access, Deletions deletions, long next)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        DeletingTransactions transactions = new DeletingTransactions(session, server, access);
        boolean unfinished = deletions.byXid().values().stream().anyMatch(d -> d.end() == TransactionEnd.IN_PROGRESS);
        RunningXids running = unfinished ? RunningXids.of(session, next) : RunningXids.NONE;
        deletions.byXid().forEach((xid, deleter) -> transactions.draft(xid, deleter, running));
        return transactions.finish();
    }

    private void draft(long xid, Deletions.Deleter deleter, RunningXids running) {
        Optional<RunningXids.Running> still =
                deleter.end() == TransactionEnd.IN_PROGRESS ? running.of(xid) : Optional.empty();
        long top = still.map(RunningXids.Running::top).orElse(xid);
        Optional<String> gid = still.flatMap(RunningXids.Running::gid);
        Draft draft = drafts.computeIfAbsent(
                top, id -> new Draft(gid.isPresent() ? TransactionEnd.PREPARED : deleter.end(), gid));
        if (top != xid) {
            draft.subtransactions.add(xid);
        }
        deleter.rows().forEach((table, rows) -> draft.rows.merge(table, rows, Long::sum));
    }

    private List<ObservedTransaction> finish() throws SQLException, ProbeUnavailableException, InterruptedException {
        Map<Long, Instant> times = CommitTimes.of(
                session,
                drafts.entrySet().stream()
                        .filter(e -> e.getValue().end == TransactionEnd.COMMITTED)
                        .map(Map.Entry::getKey)
                        .toList());
        Set<Long> telling = drafts.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        (Map.Entry<Long, Draft> e) -> -e.getValue().total()))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return drafts.entrySet().stream()
                .map(e -> transaction(
                        e.getKey(),
                        e.getValue(),
                        Optional.ofNullable(times.get(e.getKey())),
                        telling.contains(e.getKey())))
                .toList();
    }

    private ObservedTransaction transaction(long xid, Draft draft, Optional<Instant> committed, boolean telling) {
        Moment ended = ended(xid, draft.end, committed);
        List<EvidenceId> evidence = telling
                ? List.of(session.examination()
                        .record(
                                new DeletingTransaction(List.copyOf(draft.rows.keySet()), summary(xid, draft)),
                                ended,
                                session.at(access.name())))
                : List.of();
        return ObservedTransaction.builder()
                .xid(xid)
                .addAllSubtransactions(draft.subtransactions)
                .end(draft.end)
                .gid(draft.gid)
                .addAllEffects(draft.rows.entrySet().stream()
                        .map(e -> TableEffect.on(e.getKey(), TableEffect.Kind.ROWS_DELETED, Optional.of(e.getValue())))
                        .toList())
                .ended(ended)
                .addAllEvidence(evidence)
                .build();
    }

    private Moment ended(long xid, TransactionEnd end, Optional<Instant> committed) {
        boolean over = end == TransactionEnd.COMMITTED || end == TransactionEnd.ABORTED;
        return committed
                .map(Moment::at)
                .or(() -> over ? server.endOf(xid).map(Moment::notAfter) : Optional.empty())
                .orElse(Moment.unknown());
    }

    private static String summary(long xid, Draft draft) {
        String rows = draft.rows.entrySet().stream()
                .map(e -> e.getValue() + " of " + e.getKey())
                .collect(Collectors.joining(", "));
        return "transaction " + xid
                + switch (draft.end) {
                    case COMMITTED -> " committed a deletion of rows whose data is still on the pages: " + rows;
                    case ABORTED -> " was rolled back after it deleted rows, which are live: " + rows;
                    case PREPARED ->
                        " is prepared for a two-phase commit and would delete rows: " + rows
                                + "; until somebody commits it, they are live";
                    case IN_PROGRESS ->
                        " is not finished and has deleted rows: " + rows + "; until it commits, they are live";
                    case UNKNOWN -> " deleted rows, and its end is not known: " + rows;
                };
    }

    /**
     * A transaction that pages name.
     *
     * @param tables the tables from which it deleted
     * @param summary what it did, and how it ended
     */
    private record DeletingTransaction(List<TableName> tables, String summary) implements Observation.Custom {}
}
