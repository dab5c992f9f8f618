package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.automation.arming.ArmingSearch;
import io.github.rowsleuth.git.automation.arming.ArmingSearch.Armed;
import io.github.rowsleuth.git.automation.graph.Way;
import io.github.rowsleuth.probe.Arming;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.FileChange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells which changes made a destructive file dangerous. */
final class ArmingWriter {

    private final AutomationNotes notes;
    private final ArmingSearch search;

    ArmingWriter(AutomationNotes notes, ArmingSearch search) {
        this.notes = notes;
        this.search = search;
    }

    List<Arming> armings(Target target, List<Way> ways) throws InterruptedException {
        Set<String> files = new LinkedHashSet<>();
        for (Way way : ways) {
            way.starts().forEach(s -> files.add(s.trigger().file()));
            way.edges().forEach(e -> files.add(e.file()));
        }
        List<FileChange> life = search.life(target.name());
        Optional<CommitRef> introduced = life.stream()
                .filter(c -> c.kind() == FileChange.Kind.ADDED)
                .map(FileChange::commit)
                .findFirst();
        return search.of(target.name(), target.parts(), files).stream()
                .map(a -> arming(target, a, introduced))
                .toList();
    }

    private Arming arming(Target target, Armed armed, Optional<CommitRef> introduced) {
        String before = notes.clean(armed.change().before()).text();
        String after = notes.clean(armed.change().after()).text();
        return Arming.builder()
                .kind(armed.change().kind())
                .commit(armed.commit())
                .file(armed.file())
                .line(armed.line())
                .before(before)
                .after(after)
                .introduced(introduced)
                .evidence(notes.record(
                        target.name(), armed.commit(), armed.file(), before + " before, " + after + " after"))
                .build();
    }
}
