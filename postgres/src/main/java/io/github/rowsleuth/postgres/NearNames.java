package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody meant who typed a table name that does not exist. */
final class NearNames {

    private static final int MOST = 5;
    private static final int SHORTEST_PART = 4;

    private record Candidate(TableName name, int distance) {}

    private NearNames() {}

    /** The nearest first: the same name elsewhere or in other letters, slips of the finger, longer and shorter forms. */
    static List<TableName> to(TableName wanted, Collection<TableName> existing) {
        String folded = wanted.name().toLowerCase(Locale.ROOT);
        int tolerance = Math.max(1, Math.min(3, folded.length() / 3));
        return existing.stream()
                .map(name -> new Candidate(name, distance(folded, name.name().toLowerCase(Locale.ROOT), tolerance)))
                .filter(candidate -> candidate.distance() <= tolerance)
                .sorted(Comparator.comparingInt(Candidate::distance)
                        .thenComparing(candidate -> !candidate.name().matches(wanted))
                        .thenComparing(candidate ->
                                !wanted.schema().equals(candidate.name().schema()))
                        .thenComparing(Candidate::name))
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    private static int distance(String wanted, String name, int tolerance) {
        boolean part = Math.min(wanted.length(), name.length()) >= SHORTEST_PART
                && (wanted.contains(name) || name.contains(wanted));
        int atMost = part ? tolerance : tolerance + 1;
        return Math.abs(wanted.length() - name.length()) > tolerance ? atMost : Math.min(atMost, edits(wanted, name));
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
