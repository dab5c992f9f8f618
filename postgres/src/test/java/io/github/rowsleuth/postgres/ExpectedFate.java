package io.github.rowsleuth.postgres;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.TableFate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;

/** The fate of a table, what decided it and what stays ambiguous, for each amount of evidence. */
final class ExpectedFate {

    /** How much evidence there is; each has what those before it have. */
    enum Evidence {
        COUNTERS,
        PAGES,
        /** PostgreSQL 15: names of dropped tables and of former files are found by luck. */
        LOG,
        NAMES
    }

    private record Words(Fate fate, String rows, List<String> said) {}

    private final String table;
    private final Map<Evidence, Words> words = new EnumMap<>(Evidence.class);

    private ExpectedFate(String table) {
        this.table = table;
    }

    static ExpectedFate of(String table) {
        return new ExpectedFate(table);
    }

    String table() {
        return table;
    }

    /** From this amount of evidence on; rows as before→now, a question mark where nobody knows. */
    ExpectedFate with(Evidence evidence, Fate fate, String rows, String... said) {
        words.put(evidence, new Words(fate, rows, List.of(said)));
        return this;
    }

    void check(Findings findings, Evidence evidence, SoftAssertions softly) {
        if (evidence == Evidence.LOG && words.containsKey(Evidence.NAMES)) {
            return;
        }
        Words expected = expected(evidence);
        TableFate fate = findings.fate(table).orElseThrow(() -> new AssertionError("no fate of " + table));
        String told = evidence + ": " + table;
        softly.assertThat(fate.fate()).as("%s %s", told, all(fate)).isEqualTo(expected.fate());
        softly.assertThat(rows(fate)).as("rows, %s %s", told, all(fate)).isEqualTo(expected.rows());
        expected.said()
                .forEach(s -> softly.assertThat(all(fate)).as("said, %s", told).anyMatch(x -> x.contains(s)));
    }

    private Words expected(Evidence evidence) {
        Words best = null;
        for (Map.Entry<Evidence, Words> entry : words.entrySet()) {
            if (entry.getKey().compareTo(evidence) <= 0) {
                best = entry.getValue();
            }
        }
        return java.util.Objects.requireNonNull(best, table);
    }

    private static String rows(TableFate fate) {
        return fate.rowsBefore().map(String::valueOf).orElse("?") + "→"
                + fate.rowsNow().map(String::valueOf).orElse("?");
    }

    private static List<String> all(TableFate fate) {
        List<String> all = new ArrayList<>(fate.decidedBy());
        all.addAll(fate.ambiguities());
        all.addAll(fate.remarks());
        return all;
    }
}
