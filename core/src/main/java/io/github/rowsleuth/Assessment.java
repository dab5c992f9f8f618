package io.github.rowsleuth;

import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Confidence;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.TableIndex;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.UnknownTable;
import io.github.rowsleuth.transaction.WalTransactions;
import java.util.ArrayList;
import java.util.List;

/** The rules by which a verdict is reached. */
final class Assessment {

    private Assessment() {}

    static Verdict verdict(CaseFile file, Conclusions conclusions) {
        List<TableFate> part =
                conclusions.fates().stream().filter(TableFate::partOfLoss).toList();
        if (part.stream().anyMatch(f -> f.fate().isLoss())) {
            return explained(part, conclusions.hypotheses()) ? Verdict.LOSS_EXPLAINED : Verdict.LOSS_UNEXPLAINED;
        }
        boolean complete = !part.isEmpty()
                && part.stream().allMatch(f -> settled(f) && f.ambiguities().isEmpty());
        return complete && namesAll(file, part) && (searched(file) || onlyNamesWereMissing(file, part))
                ? Verdict.NO_LOSS
                : Verdict.INCONCLUSIVE;
    }

    /** Rows that are merely believed to be hidden, or that wait for a commit to be lost, are not accounted for. */
    private static boolean settled(TableFate fate) {
        boolean believed = fate.fate() == Fate.HIDDEN && !fate.ambiguities().isEmpty();
        return fate.fate() != Fate.UNKNOWN && !believed && fate.rowsPending().isEmpty();
    }

    /** Each table that was hit needs an explanation that is at least likely; one that names no table means all of them. */
    private static boolean explained(List<TableFate> part, List<Hypothesis> hypotheses) {
        List<List<TableName>> explanations = hypotheses.stream()
                .filter(Assessment::explains)
                .map(Assessment::explainedBy)
                .toList();
        return part.stream()
                        .filter(f -> f.hit() && !f.ofPartitions())
                        .allMatch(f -> explanations.stream().anyMatch(e -> e.isEmpty() || e.contains(f.table())))
                && !explanations.isEmpty();
    }

    private static List<TableName> explainedBy(Hypothesis hypothesis) {
        return hypothesis.supporting().stream()
                .flatMap(a -> a.tables().stream())
                .distinct()
                .toList();
    }

    private static boolean explains(Hypothesis hypothesis) {
        return hypothesis.confidence().compareTo(Confidence.LIKELY) >= 0;
    }

    private static boolean namesAll(CaseFile file, List<TableFate> part) {
        TableIndex<TableFate> fates = TableIndex.of(part, TableFate::table);
        return file.incident().tables().stream()
                .noneMatch(t -> fates.matching(t).isEmpty());
    }

    /**
     * "No loss" needs the answers that decide it, complete; what logs and repositories lack does not change it. Counters that
     * do not reach back are made up for by a write-ahead log that does.
     */
    private static boolean searched(CaseFile file) {
        boolean logged = file.searchedWhole(WalTransactions.class);
        return file.outcomes().stream()
                .filter(o -> o.answer()
                        .filter(a -> a instanceof Scope || (a instanceof DeletionStats && !logged))
                        .isPresent())
                .map(ProbeOutcome::notes)
                .allMatch(n -> n.coverage()
                        .filter(c -> c.extent() == Coverage.Extent.COMPLETE)
                        .isPresent());
    }

    /**
     * Catalogs and counters have no answer for a name that no table bears. Where each such name is known to be that of a
     * table that holds all of its rows under another one, nothing was overlooked.
     */
    private static boolean onlyNamesWereMissing(CaseFile file, List<TableFate> part) {
        List<UnknownTable> unknown = file.answers(Scope.class).stream()
                .flatMap(s -> s.unknown().stream())
                .toList();
        TableIndex<TableFate> fates = TableIndex.of(part, TableFate::table);
        boolean control = file.answers(Scope.class).stream()
                .allMatch(s -> s.database().clusterCreated().isPresent());
        return control
                && !unknown.isEmpty()
                && unknown.size() == file.incident().tables().size()
                && unknown.stream()
                        .allMatch(u -> fates.matching(u.table()).stream().allMatch(f -> f.fate() == Fate.HIDDEN));
    }

    static Violations violations(Findings findings) {
        List<String> messages = new ArrayList<>();
        TableIndex<TableFate> index = TableIndex.of(findings.fates(), TableFate::table);
        for (TableName table : findings.incident().tables()) {
            List<TableFate> fates = index.matching(table);
            fates.stream().filter(f -> f.fate().isLoss() || !settled(f)).forEach(f -> messages.add(message(f)));
            if (fates.isEmpty()) {
                messages.add("expected no deletion in " + table + ", and nothing tells: no probe answered for it");
            }
        }
        return new Violations(messages);
    }

    private static String message(TableFate fate) {
        String because = String.join("; ", fate.decidedBy().isEmpty() ? fate.ambiguities() : fate.decidedBy());
        if (fate.rowsPending().isPresent() && !fate.fate().isLoss()) {
            return "expected no deletion in " + fate.table() + ", found "
                    + fate.rowsPending().get() + " rows deleted and not committed";
        }
        return fate.fate() == Fate.UNKNOWN
                ? "expected no deletion in " + fate.table() + ", and nothing tells: " + because
                : "expected no deletion in " + fate.table() + ", found " + fate.fate() + ": " + because;
    }
}
