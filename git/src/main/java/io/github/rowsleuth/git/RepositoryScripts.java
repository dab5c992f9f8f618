package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.git.destruction.CodeNotes;
import io.github.rowsleuth.git.destruction.Decoy;
import io.github.rowsleuth.git.destruction.Examined;
import io.github.rowsleuth.git.destruction.Examiner;
import io.github.rowsleuth.git.destruction.FileRoles;
import io.github.rowsleuth.git.destruction.SuspiciousNames;
import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.history.HistoryNotes;
import io.github.rowsleuth.git.index.ConfessionScan;
import io.github.rowsleuth.git.index.HeadScan;
import io.github.rowsleuth.git.index.IndexedRepository;
import io.github.rowsleuth.git.index.PastScan;
import io.github.rowsleuth.git.index.SharedIndex;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.Acquittal;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.ScriptFinder;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.Volatility;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds scripts by what they hold and by what they are called, at the examined commit and anywhere else in history. */
final class RepositoryScripts implements ScriptFinder {

    static final String ID = "git.scripts";

    private final SharedIndex index;

    RepositoryScripts(SharedIndex index) {
        this.index = index;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Volatility volatility() {
        return Volatility.REPOSITORY;
    }

    @Override
    public Scripts examine(Examination examination) throws Exception {
        try (IndexedRepository repository = index.open(examination)) {
            HeadScan head = repository.head();
            head.counts().report(examination, repository.snapshot(), repository.remarks(), "files of code");
            FileHistory history = repository.history();
            PastScan past = repository.past();
            reportGap(past, examination);
            List<Script> found = new ArrayList<>();
            Set<String> told = new HashSet<>();
            for (StoredFile file : repository.snapshot().files()) {
                Examined examined =
                        Optional.ofNullable(head.byPath().get(file.path())).orElseGet(() -> Examined.nothing(file));
                if (listed(file, examined, head)) {
                    OpenRepository.checkInterrupt();
                    List<FileChange> changes = past.life(file.path(), history, repository.repository());
                    changes.forEach(c -> told.add(c.path()));
                    found.add(script(file, examined, changes, repository, examination));
                }
            }
            List<Script> elsewhere = new ElsewhereScripts(repository, history, past, examination).all(told);
            return new Scripts(found, elsewhere, acquittals(head), ConfessionScan.of(repository, history, examination));
        }
    }

    private static void reportGap(PastScan past, Examination examination) {
        if (past.skipped() > 0) {
            examination.gap(
                    past.skipped() + " contents of earlier commits and other branches were not searched",
                    "scripts that were deleted, or are only on other branches, may be overlooked",
                    "give the investigation a longer deadline: deadline(Duration.ofMinutes(…))");
        }
    }

    private static boolean listed(StoredFile file, Examined examined, HeadScan head) {
        boolean destructive = !examined.statements().isEmpty();
        boolean named = SuspiciousNames.suspicious(file)
                && FileRoles.startedByPlace(file)
                && !head.migrations().containsKey(file.path());
        return destructive || named;
    }

    private static Script script(
            StoredFile file,
            Examined examined,
            List<FileChange> changes,
            IndexedRepository repository,
            Examination examination) {
        if (examined.cut()) {
            examination.gap(
                    file.path() + " holds more than " + Examiner.MAX_STATEMENTS + " destructive statements",
                    "the others are not listed",
                    "read that file by hand");
        }
        List<EvidenceId> evidence = new ArrayList<>(
                CodeNotes.record(examination, repository.snapshot(), file.path(), examined.statements(), ""));
        evidence.addAll(HistoryNotes.record(changes, repository.snapshot(), examination));
        return FoundScript.of(file, examined, repository.snapshot().asOf(), changes, evidence);
    }

    /** One for each reason and file, at the first line. */
    private static List<Acquittal> acquittals(HeadScan head) {
        List<Acquittal> all = new ArrayList<>();
        head.byPath().forEach((path, examined) -> {
            Map<Acquittal.Reason, Acquittal> byReason = new EnumMap<>(Acquittal.Reason.class);
            for (Decoy decoy : examined.decoys()) {
                byReason.merge(
                        decoy.reason(),
                        new Acquittal(path, decoy.line(), decoy.reason(), 1),
                        (a, b) -> new Acquittal(path, Math.min(a.line(), b.line()), a.reason(), a.count() + 1));
            }
            all.addAll(byReason.values());
        });
        return all;
    }

    @Override
    public String toString() {
        return ID + " of " + index;
    }
}
