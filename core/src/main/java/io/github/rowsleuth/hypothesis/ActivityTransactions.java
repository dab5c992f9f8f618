package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.server.PreparedTransaction;
import io.github.rowsleuth.server.ServerActivity;
import io.github.rowsleuth.server.ServerSession;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TransactionEnd;
import io.github.rowsleuth.transaction.TransactionSource;
import io.github.rowsleuth.transaction.XidAnchor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The transactions that have not ended, as the activity of the server shows them; what they did, others know. */
record ActivityTransactions(List<ObservedTransaction> transactions, List<XidAnchor> anchors)
        implements TransactionSource {

    private static final String SOURCE = "the activity of the server";

    static ActivityTransactions of(ServerActivity activity) {
        List<ServerSession> writers = activity.sessions().stream()
                .filter(s -> s.transaction().isPresent())
                .toList();
        return new ActivityTransactions(
                Stream.concat(
                                activity.prepared().stream().map(ActivityTransactions::prepared),
                                writers.stream().map(ActivityTransactions::running))
                        .toList(),
                Stream.concat(
                                activity.prepared().stream()
                                        .map(p -> new XidAnchor(
                                                p.transaction(), Moment.notAfter(p.prepared()), "pg_prepared_xacts")),
                                writers.stream().flatMap(s -> begun(s).stream()))
                        .toList());
    }

    private static ObservedTransaction prepared(PreparedTransaction transaction) {
        return ObservedTransaction.builder()
                .xid(transaction.transaction())
                .end(TransactionEnd.PREPARED)
                .gid(transaction.gid())
                .started(Moment.notAfter(transaction.prepared()))
                .addEvidence(transaction.evidence())
                .build();
    }

    private static ObservedTransaction running(ServerSession session) {
        return ObservedTransaction.builder()
                .xid(session.transaction().orElse(0L))
                .end(TransactionEnd.IN_PROGRESS)
                .started(session.transactionStarted().map(Moment::notBefore).orElse(Moment.unknown()))
                .addAllEvidence(session.evidence())
                .build();
    }

    /** An id is assigned with the first write, and so after the beginning. */
    private static Optional<XidAnchor> begun(ServerSession session) {
        return session.transactionStarted()
                .map(at -> new XidAnchor(session.transaction().orElse(0L), Moment.notBefore(at), "pg_stat_activity"));
    }

    @Override
    public String sourceName() {
        return SOURCE;
    }
}
