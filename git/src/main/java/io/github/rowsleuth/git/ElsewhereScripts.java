package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.destruction.Examined;
import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.history.HistoryNotes;
import io.github.rowsleuth.git.index.FileTexts;
import io.github.rowsleuth.git.index.IndexedRepository;
import io.github.rowsleuth.git.index.PastScan;
import io.github.rowsleuth.git.index.ReadCounts;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Script;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Scripts that the examined commit does not have, or not with what they once held: deleted, defused, on other branches. */
final class ElsewhereScripts {

    private static final int MOST = 300;

    private final IndexedRepository repository;
    private final FileHistory history;
    private final PastScan past;
    private final Examination examination;

    ElsewhereScripts(IndexedRepository repository, FileHistory history, PastScan past, Examination examination) {
        this.repository = repository;
        this.history = history;
        this.past = past;
        this.examination = examination;
    }

    /** Those that no life told of so far belongs to, by path; of too many the ones that were there last. */
    List<Script> all(Set<String> told) throws InterruptedException {
        Set<String> seen = new HashSet<>(told);
        List<Script> found = new ArrayList<>();
        for (String path : past.paths()) {
            if (!seen.contains(path)) {
                OpenRepository.checkInterrupt();
                List<FileHistory.Event> life = history.life(path, repository.repository());
                life.forEach(e -> seen.add(e.change().path()));
                last(life).flatMap(e -> script(e, life)).ifPresent(found::add);
            }
        }
        if (found.size() > MOST) {
            examination.gap(
                    found.size() + " scripts with destructive statements are in earlier commits or on other branches",
                    "only the " + MOST + " that were there last are listed",
                    "name a commit to look at: asOf(\"…\")");
        }
        return found.stream()
                .sorted(Comparator.comparing((Script s) -> s.asOf().committed())
                        .reversed()
                        .thenComparing(Script::path))
                .limit(MOST)
                .sorted(Comparator.comparing(Script::path))
                .toList();
    }

    /** The last change after which the file held a destructive statement. */
    private Optional<FileHistory.Event> last(List<FileHistory.Event> life) {
        return life.stream()
                .filter(e -> e.content().filter(c -> past.statements(c) > 0).isPresent())
                .reduce((earlier, later) -> later);
    }

    private Optional<Script> script(FileHistory.Event last, List<FileHistory.Event> life) {
        StoredFile file = new StoredFile(last.change().path(), last.content().orElseThrow());
        Optional<Language> language = Language.ofName(file.name());
        Optional<String> text = text(file);
        if (language.isEmpty()
                || text.isEmpty()
                || repository.layouts().tool(file, text.get()).isPresent()) {
            return Optional.empty();
        }
        Examined examined = repository.examiner().examine(file, language.get(), text.get());
        if (examined.statements().isEmpty()) {
            return Optional.empty();
        }
        List<FileChange> changes = past.counted(life);
        List<EvidenceId> evidence = HistoryNotes.record(changes, repository.snapshot(), examination);
        return Optional.of(FoundScript.of(file, examined, last.change().commit(), changes, evidence));
    }

    private Optional<String> text(StoredFile file) {
        try {
            FileTexts texts = repository.texts(new ReadCounts());
            return texts.text(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
