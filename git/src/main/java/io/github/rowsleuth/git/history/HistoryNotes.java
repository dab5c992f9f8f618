package io.github.rowsleuth.git.history;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.git.store.Snapshot;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.FileChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Hands in what history says of files, and what it can not say. */
public final class HistoryNotes {

    private HistoryNotes() {}

    /**
     * Reports what of the history can not be seen.
     *
     * @param history the history
     * @param examination where to report it
     */
    public static void reportGaps(FileHistory history, Examination examination) {
        Set<String> unreadable = history.graph().unreadable();
        if (!unreadable.isEmpty()) {
            examination.gap(
                    unreadable.size() + " commits or tags are missing or damaged, the first "
                            + unreadable.iterator().next(),
                    "history beyond them can not be seen",
                    "work on a full clone, or run in a copy of it: git fsck --full");
        }
        if (history.changes().unreadableCommits() > 0) {
            examination.gap(
                    history.changes().unreadableCommits() + " commits can not be compared with their parents",
                    "changes that they made to files are unknown",
                    "work on a full clone, or run in a copy of it: git fsck --full");
        }
        if (history.graph().cut()) {
            examination.gap(
                    "the repository has more than " + history.graph().size() + " commits",
                    "the oldest ones are not looked at",
                    "examine a clone of the branches that matter");
        }
        if (history.changes().skippedCommits() > 0) {
            examination.gap(
                    history.changes().skippedCommits() + " commits, the oldest ones, were not compared",
                    "when a file that is older than the others was introduced may be unknown",
                    "give the investigation a longer deadline: deadline(Duration.ofMinutes(…))");
        }
    }

    /**
     * {@return the evidence of when a file came, was renamed or put out of use, and went}
     *
     * @param changes its life
     * @param snapshot names the repository
     * @param examination where to record it
     */
    public static List<EvidenceId> record(List<FileChange> changes, Snapshot snapshot, Examination examination) {
        List<EvidenceId> ids = new ArrayList<>();
        for (FileChange change : changes) {
            String act = act(change);
            if (!act.isEmpty()) {
                CommitRef commit = change.commit();
                ids.add(examination.record(
                        new Observation.CommitFound(
                                change.path(), commit.id(), commit.shortId() + " by " + commit.author() + " " + act),
                        Moment.at(commit.committed()),
                        snapshot.provenance(change.path(), commit)));
            }
        }
        return ids;
    }

    private static String act(FileChange change) {
        String from = change.previousPath().orElse("?");
        return switch (change.kind()) {
            case ADDED -> "introduced " + change.path();
            case COPIED -> "introduced " + change.path() + " as a copy of " + from;
            case RENAMED -> "renamed " + from + " to " + change.path();
            case MOVED -> "moved " + from + " to " + change.path();
            case DISABLED -> "put " + from + " out of use as " + change.path();
            case DELETED -> "deleted " + change.path();
            case MODIFIED -> "";
        };
    }
}
