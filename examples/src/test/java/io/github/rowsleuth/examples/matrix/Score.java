package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.hypothesis.Cause;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts right answers, cause by cause and cell by cell. */
final class Score {

    private record Key(Cause cause, Cell cell) {}

    private record Count(int right, int all) {

        static final Count NONE = new Count(0, 0);

        Count and(boolean one) {
            return new Count(right + (one ? 1 : 0), all + 1);
        }

        Count plus(Count other) {
            return new Count(right + other.right, all + other.all);
        }

        @Override
        public String toString() {
            return right + "/" + all;
        }
    }

    private final Map<Key, Count> counts = new HashMap<>();
    private final Map<Expected.Answer, Count> answers = new EnumMap<>(Expected.Answer.class);
    private int innocents;

    void add(Variant variant, Cell cell, boolean right, List<String> accused) {
        counts.merge(new Key(variant.cause(), cell), Count.NONE.and(right), Count::plus);
        answers.merge(variant.expected(cell).answer(), Count.NONE.and(right), Count::plus);
        innocents += accused.size();
    }

    private Count of(Cause cause, Cell cell) {
        return counts.getOrDefault(new Key(cause, cell), Count.NONE);
    }

    private static String row(String first, List<String> cells) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-22s", first));
        cells.forEach(c -> row.append(String.format(Locale.ROOT, "%15s", c)));
        return row.append('\n').toString();
    }

    /** One line for each cause, and the sums. */
    String table() {
        List<Cell> cells = List.of(Cell.values());
        StringBuilder table =
                new StringBuilder(row("", cells.stream().map(Cell::words).toList()));
        for (Cause cause : Cause.values()) {
            if (cells.stream().anyMatch(cell -> of(cause, cell).all() > 0)) {
                table.append(row(
                        cause.name(),
                        cells.stream().map(c -> of(cause, c).toString()).toList()));
            }
        }
        Count all = counts.values().stream().reduce(Count.NONE, Count::plus);
        table.append("right: ").append(all);
        answers.forEach(
                (answer, count) -> table.append(", ").append(answer).append(' ').append(count));
        return table.append("; innocents accused: ")
                .append(innocents)
                .append('\n')
                .toString();
    }
}
