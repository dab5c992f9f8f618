package io.github.rowsleuth.recovery;

import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.recovery.RecoveryOption.Feasibility;
import io.github.rowsleuth.recovery.RecoveryOption.Return;
import io.github.rowsleuth.recovery.RecoveryOption.Way;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.RemovingTransaction;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A copy of the cluster from before the loss, with the log up to it. */
final class FromPointInTime {

    private final CaseFile file;
    private final Loss loss;

    FromPointInTime(CaseFile file, Loss loss) {
        this.file = file;
        this.loss = loss;
    }

    List<RecoveryOption> options() {
        List<Backup> bases = file.answers(Backups.class).stream()
                .flatMap(b -> b.all().stream())
                .filter(b -> b.format() == BackupFormat.BASE)
                .toList();
        Optional<Backup> base = bases.stream()
                .filter(this::mayPrecede)
                .max(Comparator.comparing(
                        b -> b.consistentAt().or(b::recoveryFrom).orElse(new Lsn(0))));
        Optional<WriteAheadLog> log = file.answer(WriteAheadLog.class);
        if (base.isEmpty()
                && bases.isEmpty()
                && log.filter(FromPointInTime::archives).isEmpty()) {
            return List.of();
        }
        if (base.isEmpty() && !bases.isEmpty()) {
            return List.of(RecoveryOption.builder()
                    .way(Way.POINT_IN_TIME)
                    .feasibility(Feasibility.RULED_OUT)
                    .reason("every copy of the cluster that was found was taken after the loss")
                    .evidence(bases.stream().flatMap(b -> b.evidence().stream()).toList())
                    .build());
        }
        return List.of(option(base, log));
    }

    private static boolean archives(WriteAheadLog log) {
        return !log.archiver().mode().equals("off") && log.archiver().archived() > 0;
    }

    /** A copy is of use if it was consistent before the commit that removed the rows. */
    private boolean mayPrecede(Backup base) {
        Optional<Lsn> removed = target().lsn();
        Optional<Lsn> consistent = base.consistentAt().or(base::recoveryFrom);
        if (removed.isPresent() && consistent.isPresent()) {
            return consistent.get().compareTo(removed.get()) <= 0;
        }
        Optional<Instant> end = loss.moment().latest();
        return end.isEmpty()
                || base.begun().earliest().filter(b -> b.isAfter(end.get())).isEmpty();
    }

    /** Before the first commit: where many transactions removed rows, an earlier id may have committed later. */
    private RecoveryTarget target() {
        List<RemovingTransaction> culprits = loss.transactions();
        Optional<Lsn> first =
                culprits.stream().flatMap(t -> t.endLsn().stream()).min(Comparator.naturalOrder());
        Optional<Long> only = culprits.size() == 1 ? Optional.of(culprits.get(0).xid()) : Optional.empty();
        Optional<Instant> time = culprits.isEmpty()
                ? loss.moment().earliest()
                : culprits.stream().flatMap(t -> t.ended().earliest().stream()).min(Comparator.naturalOrder());
        return new RecoveryTarget(only, first, time);
    }

    private RecoveryOption option(Optional<Backup> base, Optional<WriteAheadLog> log) {
        RecoveryTarget target = target();
        LogReach reach = new LogReach(log, archivesFound());
        Optional<Lsn> missing = missing(base, target, reach);
        boolean covered =
                missing.isEmpty() && base.flatMap(Backup::recoveryFrom).isPresent() && reach.known();
        boolean shown = covered && (target.lsn().isPresent() || target.xid().isPresent());
        return RecoveryOption.builder()
                .way(Way.POINT_IN_TIME)
                .source(base.map(Backup::path))
                .feasibility(shown ? Feasibility.SHOWN : Feasibility.UNKNOWN)
                .reason(reason(base, covered, missing, reach))
                .returns(loss.tables().stream()
                        .map(f -> new Return(f.table(), loss.rowsLost(f)))
                        .toList())
                .upTo(loss.moment())
                .target(target)
                .addSteps("restore the copy on another machine, never over the damaged cluster")
                .addAllSteps(archivesFound().stream()
                        .map(a -> "set restore_command there so that it fetches the log from " + a.folder())
                        .toList())
                .addSteps(
                        "set there: " + String.join("; ", target.settings()),
                        "start it, and when it pauses, copy the lost rows out with COPY or pg_dump --data-only",
                        "insert what is missing here, parents before children; do not promote over the damaged cluster")
                .addRisks(
                        "what others wrote after the target is not in it: bring back rows, not the cluster",
                        "a file missing in the archive ends recovery too early: it then stops with an error")
                .evidence(base.map(Backup::evidence).orElse(List.of()))
                .build();
    }

    private List<LogArchive> archivesFound() {
        return file.answers(Backups.class).stream()
                .flatMap(b -> b.archives().stream())
                .toList();
    }

    /** Where the log breaks off between the copy and the loss; up to now, where the loss has no position. */
    private static Optional<Lsn> missing(Optional<Backup> base, RecoveryTarget target, LogReach reach) {
        return base.flatMap(Backup::recoveryFrom).flatMap(from -> {
            Lsn to = target.lsn().or(() -> reach.now().map(WriteAheadLog::now)).orElse(from);
            return reach.firstMissing(from, to);
        });
    }

    private String reason(Optional<Backup> base, boolean covered, Optional<Lsn> missing, LogReach reach) {
        if (base.isEmpty()) {
            return "the archiver works, but no copy of the cluster from before the loss was seen";
        }
        boolean archived = !reach.archives().isEmpty();
        if (covered) {
            return "a copy of the cluster precedes the loss, and the log from it on is "
                    + (archived ? "whole, in pg_wal and in " + reach.where() : "still in pg_wal");
        }
        if (archived && missing.isPresent()) {
            return "a copy of the cluster precedes the loss, but the log breaks off at " + missing.get()
                    + ", before the loss: what follows is neither in pg_wal nor in " + reach.where();
        }
        return reach.now().filter(FromPointInTime::archives).isPresent()
                ? "a copy of the cluster precedes the loss; look into the archive for every file from "
                        + base.get().recoveryFrom().map(Lsn::toString).orElse("its beginning") + " on"
                : "a copy of the cluster precedes the loss; where the log since then is kept was not seen";
    }
}
