package io.github.rowsleuth.preservation;

import io.github.rowsleuth.hypothesis.TableFate;
import java.util.List;
import java.util.stream.Stream;

/** What people do first in such an incident, and must not. */
final class HarmfulActs {

    private HarmfulActs() {}

    static Stream<Proposal> proposals(Situation situation) {
        if (situation.nothingAtStake() || !situation.examined()) {
            return Stream.empty();
        }
        return situation.standby() ? Stream.of(doNotPromote(situation)) : Stream.of(doNotTouch(situation));
    }

    private static Proposal doNotTouch(Situation situation) {
        List<TableFate> onPages = situation.onPages();
        String reads = onPages.isEmpty()
                ? ""
                : "; do not SELECT, count, EXPLAIN, COPY, dump or VACUUM " + Sql.list(situation.named(onPages));
        String why = onPages.isEmpty()
                ? "a checkpoint gives the log away that still holds the rows, and a crash or restart takes the counters"
                : "ordinary reading prunes deleted rows off full pages for good, READ ONLY or not; a checkpoint gives"
                        + " the log away, and a crash or restart takes the counters";
        return Proposal.builder()
                .kind(Proposal.Kind.AVOID)
                .action("Do not restart the server and do not run CHECKPOINT or a base backup" + reads)
                .reason(why)
                .tables(situation.named(situation.doubtful()))
                .price("who needs to know what is in the tables reads their pages, or a standby, or a copy")
                .privilege("none")
                .expiry(onPages.isEmpty() ? LogExpiry.of(situation) : PageExpiry.of(situation))
                .evidence(evidence(situation.doubtful()))
                .build();
    }

    private static Proposal doNotPromote(Situation situation) {
        return Proposal.builder()
                .kind(Proposal.Kind.AVOID)
                .action("Do not promote this standby, and do not restart it with other recovery settings")
                .reason(
                        "promotion replays whatever log is waiting, the deletion included; reading here is free of harm,"
                                + " because a standby prunes nothing by itself")
                .tables(situation.named(situation.doubtful()))
                .price("the primary must stay, or another standby take over")
                .privilege("none")
                .expiry(Expiry.open("until it is promoted, or replays what the primary does to the rows"))
                .evidence(evidence(situation.doubtful()))
                .build();
    }

    static List<io.github.rowsleuth.evidence.EvidenceId> evidence(List<TableFate> fates) {
        return fates.stream().flatMap(f -> f.evidence().stream()).distinct().toList();
    }
}
