package io.github.rowsleuth.preservation;

import java.util.stream.Stream;

/** Keeps what lies outside the database: the backups, and the logs of the server. */
final class CopyKeeping {

    private CopyKeeping() {}

    static Stream<Proposal> proposals(Situation situation) {
        if (situation.nothingAtStake() || !situation.examined()) {
            return Stream.empty();
        }
        return Stream.of(backups(situation), logs(situation));
    }

    private static Proposal backups(Situation situation) {
        return Proposal.builder()
                .kind(Proposal.Kind.HOLD)
                .action("Pause the expiry of backups and of archived log")
                .reason("the next run may remove the last backup from before the loss")
                .tables(situation.named(situation.doubtful()))
                .price("the space of the backups that are not removed")
                .privilege("whoever runs the backups")
                .expiry(Expiry.open("until the next run of the backup"))
                .build();
    }

    private static Proposal logs(Situation situation) {
        return Proposal.builder()
                .kind(Proposal.Kind.COPY)
                .action("Copy the logs of the server, of its container and of the applications")
                .reason("rotation removes them, and a container takes its log along when it is removed")
                .tables(situation.named(situation.doubtful()))
                .price("the space of the logs")
                .privilege("read access to the logs")
                .expiry(Expiry.open("until they are rotated away, when is not known"))
                .build();
    }
}
