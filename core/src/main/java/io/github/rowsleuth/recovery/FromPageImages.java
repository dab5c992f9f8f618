package io.github.rowsleuth.recovery;

import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.recovery.RecoveryOption.Feasibility;
import io.github.rowsleuth.recovery.RecoveryOption.Way;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.RemovingTransaction;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The first change of a page after a checkpoint puts an image of it into the log ({@code full_page_writes}), and inserted
 * rows are in the log whole.
 */
final class FromPageImages {

    private static final int FIRST_MAJOR = 16;

    private final CaseFile file;
    private final Loss loss;

    FromPageImages(CaseFile file, Loss loss) {
        this.file = file;
        this.loss = loss;
    }

    List<RecoveryOption> options() {
        Optional<DatabaseIdentity> identity = file.answer(Scope.class).map(Scope::database);
        if (identity.isEmpty()) {
            return List.of();
        }
        Optional<WriteAheadLog> log = file.answer(WriteAheadLog.class);
        Optional<Lsn> removed =
                loss.transactions().stream().flatMap(t -> t.firstLsn().stream()).min(Comparator.naturalOrder());
        Optional<Lsn> oldest = log.flatMap(WriteAheadLog::oldest);
        RecoveryOption.Builder option = RecoveryOption.builder()
                .way(Way.PAGE_IMAGES)
                .evidence(log.map(WriteAheadLog::evidence).orElse(List.of()));
        if (removed.isPresent() && oldest.isPresent() && removed.get().compareTo(oldest.get()) < 0) {
            return List.of(option.feasibility(Feasibility.RULED_OUT)
                    .reason("the log in pg_wal begins at " + oldest.get() + ", after the loss at " + removed.get())
                    .build());
        }
        return List.of(open(option, identity.get(), removed));
    }

    private RecoveryOption open(RecoveryOption.Builder option, DatabaseIdentity identity, Optional<Lsn> removed) {
        boolean bySql = identity.major() >= FIRST_MAJOR;
        return option.feasibility(Feasibility.UNKNOWN)
                .reason(removed.map(l -> "the log of the loss, from " + l + " on, is still there; whether images of all"
                                + " pages are in it must be looked at")
                        .orElse("whether the log of the loss is still there was not seen"))
                .upTo(loss.moment())
                .expiry("checkpoints recycle the log, unless a slot or wal_keep_size holds it")
                .addSteps(
                        "copy pg_wal now, files with future names included: they hold old log",
                        bySql
                                ? "take the images out with pg_get_wal_block_info and heap_page_items, on a copy"
                                : "take the images out of the copied files: SQL can do that from " + FIRST_MAJOR
                                        + " on")
                .addRisks("rows inserted after the image of their page are only in their own records")
                .evidence(loss.transactions().stream()
                        .map(RemovingTransaction::evidence)
                        .flatMap(List::stream)
                        .distinct()
                        .toList())
                .build();
    }
}
