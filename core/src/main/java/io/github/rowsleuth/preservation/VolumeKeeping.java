package io.github.rowsleuth.preservation;

import io.github.rowsleuth.hypothesis.TableFate;
import java.util.List;
import java.util.stream.Stream;

/** Keeps what only free blocks of the file system still hold. */
final class VolumeKeeping {

    private VolumeKeeping() {}

    static Stream<Proposal> proposals(Situation situation) {
        List<TableFate> fates = situation.onVolume();
        return fates.isEmpty() || situation.standby() ? Stream.empty() : Stream.of(volume(situation, fates));
    }

    private static Proposal volume(Situation situation, List<TableFate> fates) {
        return Proposal.builder()
                .kind(Proposal.Kind.COPY)
                .action("Stop writing to the volume of the data directory, and take a snapshot of it")
                .reason(
                        "TRUNCATE and DROP give the files back at once: only free blocks of the file system still hold the"
                                + " rows of " + Sql.list(situation.named(fates)))
                .tables(situation.named(fates))
                .price("a snapshot keeps the blocks that are freed after it; those freed before it only survive until"
                        + " something is written over them, and discard (TRIM) may have cleared them already")
                .privilege("the administrator of the storage")
                .expiry(Expiry.open("every write to the volume can take some of them, the server's own included"))
                .evidence(HarmfulActs.evidence(fates))
                .build();
    }
}
