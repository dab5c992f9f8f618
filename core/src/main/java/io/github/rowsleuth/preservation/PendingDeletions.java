package io.github.rowsleuth.preservation;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.server.PreparedTransaction;
import io.github.rowsleuth.server.ServerSession;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Deletions that are not committed yet: a rollback gives every row back. */
final class PendingDeletions {

    private final Situation situation;

    private PendingDeletions(Situation situation) {
        this.situation = situation;
    }

    static Stream<Proposal> proposals(Situation situation) {
        PendingDeletions part = new PendingDeletions(situation);
        return situation.transactions().stream()
                .filter(t -> t.effects().stream().anyMatch(e -> e.kind().removes()))
                .flatMap(t -> part.of(t).stream());
    }

    private Optional<Proposal> of(RemovingTransaction transaction) {
        if (transaction.end() == TransactionEnd.PREPARED && transaction.gid().isPresent()) {
            return Optional.of(prepared(transaction, transaction.gid().get()));
        }
        return transaction.end() == TransactionEnd.IN_PROGRESS
                ? session(transaction).map(s -> running(transaction, s))
                : Optional.empty();
    }

    private Optional<ServerSession> session(RemovingTransaction transaction) {
        return situation.activity().stream()
                .flatMap(a -> a.sessions().stream())
                .filter(s -> s.transaction().filter(x -> x == transaction.xid()).isPresent())
                .findFirst();
    }

    private Proposal prepared(RemovingTransaction transaction, String gid) {
        Optional<PreparedTransaction> known = situation.activity().stream()
                .flatMap(a -> a.prepared().stream())
                .filter(p -> p.gid().equals(gid))
                .findFirst();
        String owner = known.map(p -> " (" + p.owner() + ", in the database " + p.database() + ")")
                .orElse("");
        return start(transaction)
                .action("Do not commit the prepared transaction '" + gid + "' before its owner" + owner
                        + " has said that the deletion is meant; rolling it back gives the rows back")
                .addCommands("ROLLBACK PREPARED " + Sql.literal(gid))
                .privilege("the role that prepared it, or superuser, connected to the same database")
                .build();
    }

    private Proposal running(RemovingTransaction transaction, ServerSession session) {
        return start(transaction)
                .action("Ask whoever runs the session with process id " + session.pid()
                        + " not to commit; ending the session rolls its deletion back")
                .addCommands("SELECT pg_terminate_backend(" + session.pid() + ")")
                .privilege("the role of the session, or pg_signal_backend; superuser for a session of a superuser")
                .build();
    }

    private static Proposal.Builder start(RemovingTransaction transaction) {
        List<TableName> tables = transaction.effects().stream()
                .filter(e -> e.kind().removes())
                .flatMap(e -> e.table().stream())
                .distinct()
                .toList();
        return Proposal.builder()
                .kind(Proposal.Kind.DECIDE)
                .tables(tables)
                .reason("transaction " + transaction.xid() + " has removed rows of " + Sql.list(tables)
                        + " and has not been committed: nothing is lost yet")
                .price("everything else that the transaction did is undone as well, and can not be redone")
                .expiry(Expiry.open("until it commits, which can be at any moment"))
                .addAllEvidence(transaction.evidence());
    }
}
