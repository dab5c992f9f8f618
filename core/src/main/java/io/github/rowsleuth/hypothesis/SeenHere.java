package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.DeletionCluster;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.Statements;
import java.util.List;
import java.util.Optional;

/** What logs saw in the database at hand. A server has one log for all of them, and their tables often share names. */
final class SeenHere {

    private final List<Statements> all;
    private final Optional<String> database;

    SeenHere(CaseFile file) {
        this.all = file.answers(Statements.class);
        this.database = file.answer(Scope.class).map(Scope::database).map(DatabaseIdentity::database);
    }

    List<ObservedStatement> statements() {
        return all.stream().flatMap(s -> s.seen().stream()).filter(this::here).toList();
    }

    /** The statements of one session, which is in one database. */
    List<DeletionCluster> clusters() {
        return all.stream()
                .flatMap(s -> s.clusters().stream())
                .filter(c -> c.statements().stream().allMatch(this::here))
                .toList();
    }

    private boolean here(ObservedStatement seen) {
        return database.isEmpty()
                || seen.database().filter(d -> !d.equals(database.get())).isEmpty();
    }
}
