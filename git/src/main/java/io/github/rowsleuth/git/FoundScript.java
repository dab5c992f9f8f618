package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.git.destruction.Examined;
import io.github.rowsleuth.git.destruction.SuspiciousNames;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Script;
import java.util.List;

/** Puts together what is told of one script, wherever in history it was found. */
final class FoundScript {

    private FoundScript() {}

    static Script of(
            StoredFile file, Examined examined, CommitRef asOf, List<FileChange> history, List<EvidenceId> evidence) {
        return Script.builder()
                .path(file.path())
                .language(examined.language())
                .asOf(asOf)
                .statements(examined.statements())
                .suspiciousName(SuspiciousNames.suspicious(file))
                .guards(examined.guards())
                .role(examined.role())
                .history(history)
                .evidence(evidence)
                .build();
    }
}
