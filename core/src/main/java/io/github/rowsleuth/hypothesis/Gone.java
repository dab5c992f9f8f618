package io.github.rowsleuth.hypothesis;

import java.util.List;

/** A table that is missing from a schema whose other tables were made anew went with them. */
final class Gone {

    private Gone() {}

    static TableFate withItsSchema(TableFate fate, List<TableFate> all) {
        boolean missing = fate.fate() == Fate.UNKNOWN
                && fate.partOfLoss()
                && fate.rowsNow().isEmpty();
        List<TableFate> anew = all.stream()
                .filter(f -> f.fate() == Fate.RECREATED
                        && f.table().schema().equals(fate.table().schema()))
                .toList();
        boolean kept = all.stream()
                .anyMatch(f ->
                        f.spared() && f.table().schema().equals(fate.table().schema()));
        if (!missing || anew.isEmpty() || kept) {
            return fate;
        }
        return TableFate.builder()
                .from(fate)
                .fate(Fate.DROPPED)
                .addDecidedBy("every other table of its schema was made anew, "
                        + anew.get(0).table() + " among them")
                .build();
    }
}
