package io.github.rowsleuth.preservation;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.server.PreparedTransaction;
import io.github.rowsleuth.server.ReplicationSlot;
import io.github.rowsleuth.server.ServerActivity;
import io.github.rowsleuth.server.ServerSession;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sessions, prepared transactions and slots whose snapshot is older than the deletion: vacuum and pruning spare the rows as
 * long as they live (src/backend/storage/ipc/procarray.c, ComputeXidHorizons).
 */
final class Protectors {

    private final Situation situation;
    private final Optional<Long> deletion;
    private final List<String> names = new ArrayList<>();
    private final List<EvidenceId> evidence = new ArrayList<>();

    private Protectors(Situation situation) {
        this.situation = situation;
        this.deletion = situation.firstDeletion();
    }

    static Stream<Proposal> proposals(Situation situation) {
        if (situation.onPages().isEmpty() || situation.activity().isEmpty()) {
            return Stream.empty();
        }
        Protectors part = new Protectors(situation);
        part.find(situation.activity().get());
        return part.names.isEmpty() ? Stream.empty() : Stream.of(part.proposal());
    }

    static boolean any(Situation situation) {
        return proposals(situation).findAny().isPresent();
    }

    private void find(ServerActivity activity) {
        activity.sessions().stream().filter(this::protects).forEach(s -> {
            names.add("the session with process id " + s.pid()
                    + s.state().map(state -> " (" + state + ")").orElse(""));
            evidence.addAll(s.evidence());
        });
        activity.prepared().stream().filter(this::protects).forEach(p -> {
            names.add("the prepared transaction '" + p.gid() + "'");
            evidence.add(p.evidence());
        });
        activity.slots().stream().filter(this::protects).forEach(s -> {
            names.add("the replication slot " + s.name());
            evidence.addAll(s.evidence());
        });
    }

    /** Where nobody knows the deleting transaction, every old snapshot may protect its rows. */
    private boolean protects(ServerSession session) {
        boolean pending = session.transaction().filter(this::deletes).isPresent();
        boolean holds =
                session.oldestSeen().isPresent() || session.transaction().isPresent();
        return !pending
                && sameDatabase(session.database())
                && !session.backendType().orElse("").startsWith("autovacuum")
                && deletion.map(session::protectsFrom).orElse(holds);
    }

    /** A snapshot in another database protects nothing in this one; a walsender has none and protects all. */
    private boolean sameDatabase(Optional<String> database) {
        return database.isEmpty()
                || situation
                        .server()
                        .map(s -> database.get().equals(s.database()))
                        .orElse(true);
    }

    private boolean protects(PreparedTransaction prepared) {
        return !deletes(prepared.transaction())
                && sameDatabase(Optional.of(prepared.database()))
                && deletion.map(xid -> prepared.transaction() <= xid).orElse(true);
    }

    private boolean protects(ReplicationSlot slot) {
        return slot.oldestSeen()
                .filter(xmin -> deletion.map(xid -> xmin <= xid).orElse(true))
                .isPresent();
    }

    /** It is spoken of where the deletions that have not been committed are. */
    private boolean deletes(long xid) {
        return situation.transactions().stream()
                .filter(t -> t.end() == TransactionEnd.PREPARED || t.end() == TransactionEnd.IN_PROGRESS)
                .map(RemovingTransaction::xid)
                .anyMatch(t -> t == xid);
    }

    private Proposal proposal() {
        String since = deletion.map(xid -> "they protect rows deleted by transaction " + xid + " and later ones")
                .orElse("they hold old snapshots, which may protect the deleted rows");
        return Proposal.builder()
                .kind(Proposal.Kind.AVOID)
                .action("Do not end " + String.join(", ", names))
                .reason(since + ": vacuum and readers spare them while these live")
                .tables(situation.named(situation.onPages()))
                .price("dead rows of all tables pile up, and locks stay held")
                .privilege("none")
                .expiry(Expiry.open("until one after the other ends, by itself or by a time limit such as"
                        + " idle_in_transaction_session_timeout"))
                .evidence(evidence.stream().distinct().toList())
                .build();
    }
}
