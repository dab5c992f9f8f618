package io.github.rowsleuth.git.index;

import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.store.Snapshot;
import java.util.Optional;

/** What was learned of a repository so far. Holds no open file, so that it can be kept as long as there is room. */
final class Knowledge {

    /** What the repository looked like when it was learned. */
    final String state;

    final Snapshot snapshot;
    final KeptContents contents = new KeptContents();
    Optional<FileHistory> history = Optional.empty();
    Optional<HeadScan> head = Optional.empty();
    Optional<PastScan> past = Optional.empty();

    Knowledge(String state, Snapshot snapshot) {
        this.state = state;
        this.snapshot = snapshot;
    }
}
