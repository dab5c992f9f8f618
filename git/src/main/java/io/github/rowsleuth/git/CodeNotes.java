package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.Examination;
import java.util.ArrayList;
import java.util.List;

/** Hands in the statements of a file. */
final class CodeNotes {

    private CodeNotes() {}

    static List<EvidenceId> record(
            Examination examination, Snapshot snapshot, String path, List<CodeStatement> statements, String where) {
        List<EvidenceId> ids = new ArrayList<>();
        for (CodeStatement found : statements) {
            String verb = switch (found.reach()) {
                case EXECUTED, UNKNOWN -> "";
                case DEFERRED -> "defines for later: ";
                case WRITTEN -> "writes or prints: ";
            };
            Observation code = new Observation.CodeFound(
                    path, found.line(), found.statement().tables(), where + verb + found.statement());
            ids.add(examination.record(
                    code,
                    Moment.notAfter(snapshot.asOf().committed()),
                    snapshot.provenance(path, found.line()),
                    found.text()));
        }
        return ids;
    }
}
