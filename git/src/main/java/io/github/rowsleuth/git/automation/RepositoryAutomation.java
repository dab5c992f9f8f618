package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.git.destruction.Secrets;
import io.github.rowsleuth.git.index.FileTexts;
import io.github.rowsleuth.git.index.IndexedRepository;
import io.github.rowsleuth.git.index.ReadCounts;
import io.github.rowsleuth.git.index.SharedIndex;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.Snapshot;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.AutomationChecker;
import io.github.rowsleuth.probe.AutomationReference;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.ScriptAutomation;
import io.github.rowsleuth.probe.ScriptAutomation.Standing;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.Volatility;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks for what runs the scripts that were found: by name, in the files that start containers, jobs and pipelines. */
public final class RepositoryAutomation implements AutomationChecker {

    static final String ID = "git.automation";

    private final SharedIndex index;

    /**
     * Makes one.
     *
     * @param index the repository
     */
    public RepositoryAutomation(SharedIndex index) {
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
    public List<Class<?>> buildsOn() {
        return List.of(Scripts.class);
    }

    @Override
    public Automation examine(Examination examination) throws Exception {
        try (IndexedRepository repository = index.open(examination)) {
            Snapshot snapshot = repository.snapshot();
            ReadCounts counts = new ReadCounts();
            List<AutomationFile> files = files(snapshot, repository.texts(counts));
            counts.report(
                    examination, snapshot, repository.remarks(), "files that can run scripts (" + counted(files) + ")");
            TreeSet<String> scripts = examination.answers(Scripts.class).stream()
                    .flatMap(s -> s.found().stream())
                    .map(Script::path)
                    .collect(Collectors.toCollection(TreeSet::new));
            ReferenceSearch search = new ReferenceSearch(files, scripts);
            List<ScriptAutomation> answers = new ArrayList<>();
            for (String script : scripts) {
                OpenRepository.checkInterrupt();
                answers.add(answer(script, search.to(script), examination, snapshot));
            }
            return new Automation(answers);
        }
    }

    private static List<AutomationFile> files(Snapshot snapshot, FileTexts texts) throws InterruptedException {
        List<AutomationFile> files = new ArrayList<>();
        for (StoredFile file : snapshot.files()) {
            if (AutomationFile.kind(file).isPresent()) {
                texts.text(file).flatMap(text -> AutomationFile.of(file, text)).ifPresent(files::add);
            }
        }
        return files;
    }

    private static String counted(List<AutomationFile> files) {
        Map<AutomationFile.Kind, Integer> counts = new EnumMap<>(AutomationFile.Kind.class);
        for (AutomationFile.Kind kind : AutomationFile.Kind.values()) {
            counts.put(kind, 0);
        }
        files.forEach(f -> counts.merge(f.kind(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey().plural())
                .collect(Collectors.joining(", "));
    }

    private static ScriptAutomation answer(
            String script, List<ReferenceSearch.Reference> found, Examination examination, Snapshot snapshot) {
        List<AutomationReference> references = new ArrayList<>();
        Comparator<ReferenceSearch.Reference> runningFirst = Comparator.comparing(
                        (ReferenceSearch.Reference r) -> !r.executes())
                .thenComparing(r -> r.file().path())
                .thenComparingInt(ReferenceSearch.Reference::line);
        for (ReferenceSearch.Reference reference :
                found.stream().sorted(runningFirst).toList()) {
            references.add(record(script, reference, examination, snapshot));
        }
        return new ScriptAutomation(script, standing(found), references);
    }

    private static AutomationReference record(
            String script, ReferenceSearch.Reference reference, Examination examination, Snapshot snapshot) {
        String path = reference.file().path();
        Excerpt text = Secrets.without(reference.text());
        String summary = path + ":" + reference.line()
                + (reference.executes() ? " runs it: " + reference.trigger() : " only mentions it");
        EvidenceId id = examination.record(
                new Observation.AutomationFound(script, reference.executes(), summary),
                Moment.notAfter(snapshot.asOf().committed()),
                snapshot.provenance(path, reference.line()),
                text);
        return new AutomationReference(path, reference.line(), reference.executes(), reference.trigger(), text, id);
    }

    private static Standing standing(List<ReferenceSearch.Reference> found) {
        Optional<Boolean> anyDisabled = found.stream()
                .filter(ReferenceSearch.Reference::executes)
                .map(r -> r.file().disabled())
                .min(Comparator.naturalOrder());
        if (anyDisabled.isPresent()) {
            return anyDisabled.get() ? Standing.DISABLED : Standing.RUN_BY_AUTOMATION;
        }
        return found.isEmpty() ? Standing.NOT_FOUND : Standing.MENTIONED;
    }

    @Override
    public String toString() {
        return ID + " of " + index;
    }
}
