package io.github.rowsleuth.preservation;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.server.ServerSession;
import java.util.List;
import java.util.stream.Stream;

/** A standby that stops replaying keeps its pages as they are, and its readers prune nothing. */
final class StandbyKeeping {

    private StandbyKeeping() {}

    static Stream<Proposal> proposals(Situation situation) {
        if (situation.nothingAtStake() || !situation.examined()) {
            return Stream.empty();
        }
        List<ServerSession> senders = situation.activity().stream()
                .flatMap(a -> a.sessions().stream())
                .filter(s -> s.backendType().filter("walsender"::equals).isPresent())
                .toList();
        String where = situation.standby()
                ? "this standby"
                : senders.isEmpty()
                        ? "every standby there may be"
                        : "the standbys (" + senders.size() + (senders.size() == 1 ? " is" : " are") + " connected)";
        List<EvidenceId> evidence =
                senders.stream().flatMap(s -> s.evidence().stream()).toList();
        return Stream.of(Proposal.builder()
                .kind(Proposal.Kind.HOLD)
                .action("Pause the replay of " + where + ", and never promote a paused one")
                .reason(
                        "what it has not replayed is not lost there: rows may still be visible, or lie on pages that nobody"
                                + " prunes; read them with COPY while it is paused")
                .tables(situation.named(situation.doubtful()))
                .addCommands("SELECT pg_wal_replay_pause()")
                .addUndo("SELECT pg_wal_replay_resume()")
                .price(
                        "it falls behind, and the primary keeps log for it if it has a slot; promotion replays what waits,"
                                + " the deletion included")
                .privilege("on the standby: superuser, or EXECUTE ON FUNCTION pg_wal_replay_pause()")
                .expiry(Expiry.open(
                        "until it replays the deletion, or what vacuum did after it; mostly within seconds"))
                .evidence(evidence)
                .build());
    }
}
