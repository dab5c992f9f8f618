package io.github.rowsleuth.git.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A change log of Liquibase while it is being read. */
final class ChangeLog {

    final List<ChangeSet> sets = new ArrayList<>();
    final List<String> includes = new ArrayList<>();
    boolean broken;
    private Optional<ChangeSet> current = Optional.empty();

    void begin(String id, String author) {
        ChangeSet set = new ChangeSet(id, author);
        sets.add(set);
        current = Optional.of(set);
    }

    void end() {
        current = Optional.empty();
    }

    Optional<ChangeSet> current() {
        return current;
    }
}
