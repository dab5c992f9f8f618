package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.RunCondition;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Hands in what was found, each place once, without secrets. For one thread. */
public final class AutomationNotes {

    private static final int MAX_TEXTS = 200;

    private final Examination examination;
    private final RepositoryTree tree;
    private final CommitRef asOf;
    private final BiFunction<String, Integer, Provenance> places;
    private final BiFunction<String, CommitRef, Provenance> commits;
    private final Function<String, Excerpt> withoutSecrets;
    private final Map<Observation, EvidenceId> recorded = new HashMap<>();
    private final Map<String, List<String>> lines = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
            return size() > MAX_TEXTS;
        }
    };

    /**
     * Makes one.
     *
     * @param places gives the provenance of a line of a file
     * @param commits gives the provenance of a file at a commit
     * @param withoutSecrets takes out of a line what looks like a secret
     */
    public AutomationNotes(
            Examination examination,
            RepositoryTree tree,
            CommitRef asOf,
            BiFunction<String, Integer, Provenance> places,
            BiFunction<String, CommitRef, Provenance> commits,
            Function<String, Excerpt> withoutSecrets) {
        this.examination = examination;
        this.tree = tree;
        this.asOf = asOf;
        this.places = places;
        this.commits = commits;
        this.withoutSecrets = withoutSecrets;
    }

    Examination examination() {
        return examination;
    }

    /** What stands on a line of a file, without secrets. */
    Excerpt line(String file, int line) {
        List<String> all = lines.computeIfAbsent(
                file, f -> tree.text(f).map(t -> t.lines().toList()).orElse(List.of()));
        return clean(line > 0 && line <= all.size() ? all.get(line - 1) : "");
    }

    Excerpt clean(String text) {
        return withoutSecrets.apply(text);
    }

    /** The name of what is asked about: a path as it is, a command without secrets. */
    String named(Target target) {
        return tree.contains(target.name())
                ? target.name()
                : clean(target.name()).text();
    }

    List<RunCondition> clean(List<RunCondition> conditions) {
        return conditions.stream()
                .map(c -> new RunCondition(c.kind(), clean(c.text()).text(), c.file(), c.line()))
                .toList();
    }

    /** Records a place that runs or mentions something, once; what is said of it holds no secrets. */
    EvidenceId record(String what, boolean executes, String file, int line, String says) {
        Observation observation = new Observation.AutomationFound(what, executes, file + ":" + line + " " + says);
        EvidenceId known = recorded.get(observation);
        if (known == null) {
            known = examination.record(
                    observation, Moment.notAfter(asOf.committed()), places.apply(file, line), line(file, line));
            recorded.put(observation, known);
        }
        return known;
    }

    /** Records a change that made something dangerous. */
    EvidenceId record(String what, CommitRef commit, String file, String says) {
        String summary = commit.shortId() + " by " + commit.author() + " armed " + what + ": "
                + clean(says).text();
        return examination.record(
                new Observation.CommitFound(file, commit.id(), summary),
                Moment.at(commit.committed()),
                commits.apply(file, commit));
    }
}
