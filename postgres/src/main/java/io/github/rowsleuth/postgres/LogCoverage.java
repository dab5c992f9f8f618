package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.wal.KeptTransactions;
import io.github.rowsleuth.postgres.wal.LoggedTransaction;
import io.github.rowsleuth.postgres.wal.TransactionAssembly;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says how much of the log was read, and what is missing from it. */
final class LogCoverage {

    private final Examination examination;
    private final TransactionAssembly assembly;
    private final LogPlace.Found place;
    private final long segmentSize;

    LogCoverage(Examination examination, TransactionAssembly assembly, LogPlace.Found place, long segmentSize) {
        this.examination = examination;
        this.assembly = assembly;
        this.place = place;
        this.segmentSize = segmentSize;
    }

    void report(LogReading reading, List<LoggedTransaction> transactions, int observed) {
        boolean reaches = reachesBack();
        boolean whole = leftNothingOut();
        boolean counted = reaches && countsWhole(transactions);
        String read = "the write-ahead log from " + place.from() + " to " + reading.upto() + ": " + assembly.records()
                + " records, " + observed + " transactions that took rows or tables away, or tried to";
        examination.coverage(
                reading.complete() && whole && counted
                        ? Coverage.complete(read)
                        : Coverage.partial(read + "; see the gaps"));
    }

    /** The log begins with its second file (src/backend/access/transam/xlog.c, BootStrapXLOG). */
    private boolean fromTheBeginning() {
        return place.from().position() <= segmentSize;
    }

    private boolean reachesBack() {
        Optional<Instant> notBefore = examination.incident().window().notBefore();
        Optional<Instant> begin = assembly.times().begin();
        boolean reaches = fromTheBeginning()
                || begin.filter(at -> notBefore.filter(at::isBefore).isPresent())
                        .isPresent();
        if (!reaches) {
            examination.gap(
                    "the write-ahead log begins at " + place.from()
                            + begin.map(at -> ", where the first transaction ended at " + at)
                                    .orElse(""),
                    "transactions that ended before are not in it, and of those that ran then only a part",
                    "look for older files in the archive, in backups and on standbys; say with lostBetween(…) since when"
                            + " the rows were missing, if that was later");
        }
        return reaches;
    }

    private boolean countsWhole(List<LoggedTransaction> transactions) {
        long before = transactions.stream().filter(assembly::mayHaveBegunBefore).count();
        boolean whole = before == 0 || fromTheBeginning();
        if (!whole) {
            examination.gap(
                    before + " of the transactions may have begun before " + place.from() + ", where reading began",
                    "what they did before is not counted",
                    "name an earlier time with lostBetween(…)");
        }
        return whole;
    }

    private boolean leftNothingOut() {
        KeptTransactions.LeftOut leftOut = assembly.leftOut();
        if (leftOut.transactions() > 0) {
            examination.gap(
                    leftOut.transactions() + " small transactions were left out, of which each deleted few rows",
                    "the " + leftOut.rows() + " rows that they deleted are not in the answer",
                    "narrow the time with lostBetween(…)");
        }
        return leftOut.transactions() == 0;
    }
}
