package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.FileChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Hands in what history says of files, and what it can not say. */
final class HistoryNotes {

    private final FileHistory history;
    private final Snapshot snapshot;
    private final Examination examination;

    private HistoryNotes(FileHistory history, Snapshot snapshot, Examination examination) {
        this.history = history;
        this.snapshot = snapshot;
        this.examination = examination;
    }

    static HistoryNotes read(OpenRepository repository, Snapshot snapshot, Examination examination)
            throws InterruptedException {
        FileHistory history = FileHistory.read(repository, snapshot.commit());
        Set<String> unreadable = history.graph().unreadable();
        if (!unreadable.isEmpty()) {
            examination.gap(
                    unreadable.size() + " commits or tags are missing or damaged, the first "
                            + unreadable.iterator().next(),
                    "history beyond them can not be seen",
                    "work on a full clone, or run in a copy of it: git fsck --full");
        }
        if (history.unreadableCommits() > 0) {
            examination.gap(
                    history.unreadableCommits() + " commits can not be compared with their parents",
                    "changes that they made to files are unknown",
                    "work on a full clone, or run in a copy of it: git fsck --full");
        }
        if (history.graph().cut()) {
            examination.gap(
                    "the repository has more than " + CommitGraph.MAX_COMMITS + " commits",
                    "a part of them is not looked at",
                    "examine a clone of the branches that matter");
        }
        return new HistoryNotes(history, snapshot, examination);
    }

    List<FileChange> of(String path) throws InterruptedException {
        OpenRepository.checkInterrupt();
        return history.of(path);
    }

    /** Records when a file came, was renamed, and went. */
    List<EvidenceId> record(List<FileChange> changes) {
        List<EvidenceId> ids = new ArrayList<>();
        for (FileChange change : changes) {
            String act = switch (change.kind()) {
                case ADDED -> "introduced " + change.path();
                case RENAMED -> "renamed " + change.previousPath().orElse("?") + " to " + change.path();
                case DELETED -> "deleted " + change.path();
                case MODIFIED -> "";
            };
            if (!act.isEmpty()) {
                String summary =
                        change.commit().shortId() + " by " + change.commit().author() + " " + act;
                ids.add(examination.record(
                        new Observation.CommitFound(
                                change.path(), change.commit().id(), summary),
                        Moment.at(change.commit().committed()),
                        snapshot.provenance(change.path(), change.commit())));
            }
        }
        return ids;
    }
}
