package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.git.store.Snapshot;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.Examination;
import java.util.ArrayList;
import java.util.List;

/** Hands in the statements of a file. */
public final class CodeNotes {

    private CodeNotes() {}

    /**
     * {@return the evidence of the statements of a file}
     *
     * @param examination where to record it
     * @param snapshot the commit that has the file
     * @param path the file
     * @param statements what it holds
     * @param where put before what is said of each, such as a direction
     */
    public static List<EvidenceId> record(
            Examination examination, Snapshot snapshot, String path, List<CodeStatement> statements, String where) {
        List<EvidenceId> ids = new ArrayList<>();
        for (CodeStatement found : statements) {
            String verb = switch (found.reach()) {
                case EXECUTED, UNKNOWN -> "";
                case DEFERRED -> "defines for later: ";
                case WRITTEN -> "writes or prints: ";
            };
            Observation code = new Observation.CodeFound(
                    path, found.line(), found.statement().tables(), where + verb + found.statement() + details(found));
            ids.add(examination.record(
                    code,
                    Moment.notAfter(snapshot.asOf().committed()),
                    snapshot.provenance(path, found.line()),
                    found.text()));
        }
        return ids;
    }

    private static String details(CodeStatement found) {
        String place = found.place().toString();
        String guards = String.join(
                ", ", found.guards().stream().map(g -> g.kind().words()).toList());
        return (place.isEmpty() ? "" : ", " + place) + (guards.isEmpty() ? "" : "; " + guards);
    }
}
