package io.github.rowsleuth.git.migration;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Puts migrations into the order in which they are applied: by chain where they name one, else by list or version. */
public final class MigrationOrder {

    /** Tools that bring the files of several folders into one sequence. */
    private static final Set<String> ONE_SEQUENCE = Set.of("liquibase", "flyway");

    private static final Comparator<FoundMigration> BY_VERSION = Comparator.comparing(FoundMigration::tool)
            .thenComparing(m -> !m.loaded())
            .thenComparing(m -> ONE_SEQUENCE.contains(m.tool()) ? "" : m.file().folder())
            .thenComparingInt(FoundMigration::place)
            .thenComparing(FoundMigration::revision, MigrationOrder::compareVersions)
            .thenComparing(m -> m.file().path());

    private MigrationOrder() {}

    /**
     * {@return the migrations, each behind those that it names as the ones before it}
     *
     * @param found the migrations
     */
    public static List<FoundMigration> of(List<FoundMigration> found) {
        List<FoundMigration> sorted = found.stream().sorted(BY_VERSION).toList();
        Map<String, Integer> byRevision = new HashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            byRevision.putIfAbsent(key(sorted.get(i), sorted.get(i).revision()), i);
        }
        int[] waiting = new int[sorted.size()];
        Map<Integer, List<Integer>> waiters = new HashMap<>();
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < sorted.size(); i++) {
            for (String revision : sorted.get(i).after()) {
                Integer before = byRevision.get(key(sorted.get(i), revision));
                if (before != null && before != i) {
                    waiting[i]++;
                    waiters.computeIfAbsent(before, b -> new ArrayList<>(1)).add(i);
                }
            }
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
        List<FoundMigration> ordered = new ArrayList<>(sorted.size());
        boolean[] placed = new boolean[sorted.size()];
        for (Integer next = ready.poll(); next != null; next = ready.poll()) {
            ordered.add(sorted.get(next));
            placed[next] = true;
            for (int waiter : waiters.getOrDefault(next, List.of())) {
                if (--waiting[waiter] == 0) {
                    ready.add(waiter);
                }
            }
        }
        for (int i = 0; i < placed.length; i++) {
            if (!placed[i]) {
                ordered.add(sorted.get(i)); // a circle: in the order of versions
            }
        }
        return ordered;
    }

    private static String key(FoundMigration migration, String revision) {
        return migration.tool() + " " + revision;
    }

    /** Runs of digits compare as numbers, so that 10 follows 9. */
    static int compareVersions(String one, String other) {
        String[] a = one.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)", -1);
        String[] b = other.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)", -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            boolean numbers = isNumber(a[i]) && isNumber(b[i]);
            int result = numbers ? new BigInteger(a[i]).compareTo(new BigInteger(b[i])) : a[i].compareTo(b[i]);
            if (result != 0) {
                return result;
            }
        }
        return Integer.compare(a.length, b.length);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 100 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
