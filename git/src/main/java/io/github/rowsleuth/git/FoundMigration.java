package io.github.rowsleuth.git;

import io.github.rowsleuth.probe.CodeStatement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A migration as its file tells it, before its history is looked at. */
record FoundMigration(
        String tool,
        String revision,
        StoredFile file,
        List<String> after,
        List<CodeStatement> up,
        List<CodeStatement> down,
        Optional<Instant> declared) {

    FoundMigration {
        after = List.copyOf(after);
        up = List.copyOf(up);
        down = List.copyOf(down);
    }
}
