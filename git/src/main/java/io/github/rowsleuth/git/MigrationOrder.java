package io.github.rowsleuth.git;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts migrations into the order in which they are applied: by chain where they name one, else by version. */
final class MigrationOrder {

    private static final Comparator<FoundMigration> BY_VERSION = Comparator.comparing(FoundMigration::tool)
            .thenComparing(m -> m.file().folder())
            .thenComparing(FoundMigration::revision, MigrationOrder::compareVersions)
            .thenComparing(m -> m.file().path());

    private final Map<String, FoundMigration> byRevision = new HashMap<>();
    private final Set<FoundMigration> placed = new HashSet<>();
    private final List<FoundMigration> ordered = new ArrayList<>();

    private MigrationOrder() {}

    static List<FoundMigration> of(List<FoundMigration> found) {
        MigrationOrder order = new MigrationOrder();
        List<FoundMigration> sorted = found.stream().sorted(BY_VERSION).toList();
        sorted.forEach(m -> order.byRevision.putIfAbsent(m.tool() + " " + m.revision(), m));
        // Walking from the roots, breadth first, keeps a chain of thousands off the stack.
        boolean grown = true;
        while (grown) {
            grown = false;
            for (FoundMigration migration : sorted) {
                if (!order.placed.contains(migration) && order.ready(migration)) {
                    order.place(migration);
                    grown = true;
                }
            }
        }
        sorted.stream().filter(m -> !order.placed.contains(m)).forEach(order.ordered::add);
        return order.ordered;
    }

    private boolean ready(FoundMigration migration) {
        return migration.after().stream()
                .map(revision -> byRevision.get(migration.tool() + " " + revision))
                .allMatch(before -> before == null || placed.contains(before));
    }

    private void place(FoundMigration migration) {
        placed.add(migration);
        ordered.add(migration);
    }

    /** Runs of digits compare as numbers, so that 10 follows 9. */
    private static int compareVersions(String one, String other) {
        String[] a = one.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)", -1);
        String[] b = other.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)", -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            boolean numbers = isNumber(a[i]) && isNumber(b[i]);
            int result = numbers
                    ? new java.math.BigInteger(a[i]).compareTo(new java.math.BigInteger(b[i]))
                    : a[i].compareTo(b[i]);
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
