package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.CodeStatement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A migration before its history is looked at.
 *
 * @param tool the tool whose layout it follows
 * @param revision its id or version
 * @param file its file, the one that goes up where there are two
 * @param after the revisions that it names as those before it
 * @param up what going up destroys
 * @param down what coming down destroys
 * @param declared the date written in it
 * @param loaded whether the tool would load it
 * @param place its place in a list that the tool keeps, negative where it keeps none
 */
public record FoundMigration(
        String tool,
        String revision,
        StoredFile file,
        List<String> after,
        List<CodeStatement> up,
        List<CodeStatement> down,
        Optional<Instant> declared,
        boolean loaded,
        int place) {

    /** Copies the lists. */
    public FoundMigration {
        after = List.copyOf(after);
        up = List.copyOf(up);
        down = List.copyOf(down);
    }

    static FoundMigration of(
            String tool, String revision, StoredFile file, List<CodeStatement> up, List<CodeStatement> down) {
        return new FoundMigration(tool, revision, file, List.of(), up, down, Dates.inName(revision), true, -1);
    }

    FoundMigration following(List<String> revisions) {
        return new FoundMigration(tool, revision, file, revisions, up, down, declared, loaded, place);
    }

    FoundMigration dated(Optional<Instant> date) {
        return new FoundMigration(tool, revision, file, after, up, down, date, loaded, place);
    }

    FoundMigration loadedIf(boolean loads) {
        return new FoundMigration(tool, revision, file, after, up, down, declared, loads, place);
    }

    FoundMigration at(int place) {
        return new FoundMigration(tool, revision, file, after, up, down, declared, loaded, place);
    }
}
