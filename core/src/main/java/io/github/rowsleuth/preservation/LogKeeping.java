package io.github.rowsleuth.preservation;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.Lsn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps the write-ahead log of the incident, which dates it, and from which rows and a point to restore to come. */
final class LogKeeping {

    private static final String SLOT = "rowsleuth_hold";
    private static final long MEGABYTE = 1 << 20;
    private static final long GIGABYTE = 1 << 30;

    private final Situation situation;
    private final Optional<WriteAheadLog> log;
    private final Optional<Lsn> begin;

    private LogKeeping(Situation situation) {
        this.situation = situation;
        this.log = situation.log();
        this.begin = LogExpiry.begin(situation);
    }

    static Stream<Proposal> proposals(Situation situation) {
        if (situation.nothingAtStake() || !situation.examined()) {
            return Stream.empty();
        }
        LogKeeping part = new LogKeeping(situation);
        return situation.standby() ? Stream.of(part.copy()) : Stream.concat(part.holds(), Stream.of(part.copy()));
    }

    private Stream<Proposal> holds() {
        return Stream.of(slot(), keepSize());
    }

    private Proposal slot() {
        return start().kind(Proposal.Kind.HOLD)
                .action(
                        "Hold the write-ahead log with a physical replication slot, after a look at the free space and at"
                                + " max_slot_wal_keep_size")
                .reason("without a hold the next checkpoints remove the log of the incident")
                .addCommands("SELECT pg_create_physical_replication_slot('" + SLOT + "', true)")
                .addUndo("SELECT pg_drop_replication_slot('" + SLOT + "')")
                .price("pg_wal grows until the slot is dropped" + limit() + "; it keeps log from the last checkpoint on"
                        + older())
                .privilege("REPLICATION, and a free slot (max_replication_slots)")
                .build();
    }

    private String limit() {
        return log.flatMap(WriteAheadLog::slotKeepSize)
                .map(size -> " or " + size / MEGABYTE + " MB are written, when the slot gives up")
                .orElse(", and a full disk stops the server");
    }

    private String older() {
        return log.flatMap(WriteAheadLog::redo)
                .flatMap(redo -> begin.filter(b -> b.compareTo(redo) < 0)
                        .map(b -> " (" + redo + "), and the incident begins before that, at " + b
                                + ": copy the older files"))
                .orElse(", not before it");
    }

    /** As much as lies between the incident and now, and some more for what comes. */
    private Proposal keepSize() {
        long kept = log.map(WriteAheadLog::keepSize).orElse(0L);
        long needed = log.flatMap(l -> begin.or(l::oldest).map(b -> l.now().position() - b.position()))
                .orElse(0L);
        long size = Math.max(kept, (needed / GIGABYTE + 2) * GIGABYTE) / MEGABYTE;
        return start().kind(Proposal.Kind.HOLD)
                .action("Or hold it by size, which can not fill the disk without limit")
                .reason("checkpoints leave as much of the log as wal_keep_size says")
                .addCommands("ALTER SYSTEM SET wal_keep_size = '" + size + "MB'", "SELECT pg_reload_conf()")
                .addUndo(
                        kept == 0
                                ? "ALTER SYSTEM RESET wal_keep_size"
                                : "ALTER SYSTEM SET wal_keep_size = '" + kept / MEGABYTE + "MB'",
                        "SELECT pg_reload_conf()")
                .price("up to " + size + " MB in pg_wal; after as much new log the incident is out of it")
                .privilege("superuser; on 15 and newer ALTER SYSTEM ON PARAMETER wal_keep_size, and EXECUTE ON FUNCTION"
                        + " pg_reload_conf()")
                .build();
    }

    private Proposal copy() {
        return start().kind(Proposal.Kind.COPY)
                .action("Copy all of pg_wal, files with names of the future included")
                .reason(
                        "those are recycled files that still hold old log; each names its true place in its first bytes")
                .addCommands("cp -a \"$PGDATA/pg_wal\" /a/safe/place/")
                .price("the size of pg_wal on another disk")
                .privilege("the operating system user of the server")
                .build();
    }

    private Proposal.Builder start() {
        List<EvidenceId> evidence = log.map(WriteAheadLog::evidence).orElse(List.of());
        return Proposal.builder()
                .tables(situation.named(situation.doubtful()))
                .expiry(LogExpiry.of(situation))
                .evidence(evidence);
    }
}
