package io.github.rowsleuth.preservation;

import io.github.rowsleuth.server.ReplicationSlot;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.RemovingTransaction;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long the write-ahead log of the incident stays: a checkpoint removes the files before its redo position that neither a
 * slot, nor wal_keep_size, nor the archiver needs (src/backend/access/transam/xlog.c, KeepLogSeg).
 */
final class LogExpiry {

    private static final long MEGABYTE = 1 << 20;

    private final Situation situation;
    private final WriteAheadLog log;

    private LogExpiry(Situation situation, WriteAheadLog log) {
        this.situation = situation;
        this.log = log;
    }

    static Expiry of(Situation situation) {
        return situation
                .log()
                .map(log -> new LogExpiry(situation, log).expiry())
                .orElse(Expiry.open("until a checkpoint gives the log away; how much of it is there was not asked"));
    }

    /** Where the log of the incident begins, as far as a source saw it. */
    static Optional<Lsn> begin(Situation situation) {
        return situation.hitting().stream().flatMap(LogExpiry::positions).min(Lsn::compareTo);
    }

    private static Stream<Lsn> positions(RemovingTransaction transaction) {
        return Stream.concat(transaction.firstLsn().stream(), transaction.endLsn().stream());
    }

    private Expiry expiry() {
        Optional<Lsn> begin = begin(situation);
        Optional<String> keeper = begin.flatMap(this::keeper);
        if (keeper.isPresent()) {
            return Expiry.open(keeper.get());
        }
        boolean behind = begin.isEmpty()
                || log.redo().filter(redo -> begin.get().compareTo(redo) < 0).isPresent();
        String what =
                begin.map(b -> "the log of the incident, from " + b + " on, ").orElse("the log of the incident ");
        Duration next = Duration.ofSeconds(log.checkpointSeconds());
        return Expiry.within(
                next,
                what + (behind ? "lies before the last checkpoint: it may be gone already, and goes" : "goes")
                        + " with the next checkpoint, in at most " + next.toSeconds() + " s or after "
                        + log.maxSize() / MEGABYTE + " MB of log");
    }

    private Optional<String> keeper(Lsn begin) {
        Optional<String> slot = situation.activity().stream()
                .flatMap(a -> a.slots().stream())
                .filter(s -> s.restart().filter(r -> r.compareTo(begin) <= 0).isPresent())
                .map(ReplicationSlot::name)
                .findFirst()
                .map(name -> "as long as the replication slot " + name + " is there"
                        + log.slotKeepSize()
                                .map(size ->
                                        ", and until " + size / MEGABYTE + " MB are written (max_slot_wal_keep_size)")
                                .orElse(""));
        long written = log.now().position() - begin.position();
        return slot.or(() -> log.keepSize() > written
                ? Optional.of("until another " + (log.keepSize() - written) / MEGABYTE
                        + " MB of log are written (wal_keep_size)")
                : Optional.empty());
    }
}
