package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the write-ahead log shows and the triggers did not see. The log is read first, so it never shows more by chance. */
final class CrossCheck {

    private static final String BYPASSED = "seen in the write-ahead log, and not by the triggers: they were bypassed";

    private final List<Sighting> log;
    private final List<Sighting> triggers;
    private final Catalog before;
    private final Catalog after;

    CrossCheck(List<Sighting> log, List<Sighting> triggers, Catalog before, Catalog after) {
        this.log = log;
        this.triggers = triggers;
        this.before = before;
        this.after = after;
    }

    List<Sighting> bypassed() {
        List<Sighting> bypassed = new ArrayList<>();
        Map<Long, Long> logged = rowsByRoot(log);
        Map<Long, Long> seen = rowsByRoot(triggers);
        long unknown = logged.getOrDefault(0L, 0L);
        logged.remove(0L);
        for (Map.Entry<Long, Long> root : logged.entrySet()) {
            long missing = root.getValue() - seen.getOrDefault(root.getKey(), 0L);
            if (missing > 0) {
                bypassed.add(bypassed(DeletionKind.DELETE, root.getKey(), Optional.of(missing)));
            }
        }
        if (unknown > ofFilesThatAreGone(logged, seen)) {
            log.stream()
                    .filter(s -> s.kind() == DeletionKind.DELETE && s.relation() == 0)
                    .filter(s -> s.end() == TransactionEnd.COMMITTED)
                    .forEach(s -> bypassed.add(s.remarking(BYPASSED)));
        }
        bypassed.addAll(truncations());
        return bypassed;
    }

    /** Rows that the triggers saw in tables whose file the log names and the catalogs do not know any more. */
    private long ofFilesThatAreGone(Map<Long, Long> logged, Map<Long, Long> seen) {
        boolean droppedNewTable = triggers.stream()
                .anyMatch(s -> s.kind() == DeletionKind.DROP_TABLE
                        && before.relation(s.relation()).isEmpty());
        return droppedNewTable
                ? Long.MAX_VALUE
                : seen.entrySet().stream()
                        .mapToLong(e -> Math.max(0, e.getValue() - logged.getOrDefault(e.getKey(), 0L)))
                        .sum();
    }

    private List<Sighting> truncations() {
        Set<Long> seen = new HashSet<>();
        triggers.stream().filter(s -> s.kind() == DeletionKind.TRUNCATE).forEach(s -> seen.add(s.relation()));
        return log.stream()
                .filter(s -> s.kind() == DeletionKind.TRUNCATE && !seen.contains(s.relation()))
                .map(s -> bypassed(DeletionKind.TRUNCATE, s.relation(), Optional.empty()))
                .toList();
    }

    private Sighting bypassed(DeletionKind kind, long relation, Optional<Long> rows) {
        String subject = after.relation(relation)
                .or(() -> before.relation(relation))
                .map(r -> r.name().toString())
                .orElse("a table whose name is not known");
        return Sighting.of(kind, relation, subject, rows, TransactionEnd.COMMITTED)
                .remarking(BYPASSED);
    }

    private Map<Long, Long> rowsByRoot(List<Sighting> sightings) {
        Map<Long, Long> rows = new HashMap<>();
        sightings.stream()
                .filter(s -> s.kind() == DeletionKind.DELETE && s.end() == TransactionEnd.COMMITTED)
                .forEach(s -> rows.merge(root(s.relation()), s.rows().orElse(0L), Long::sum));
        return rows;
    }

    // Of a partition that was detached or dropped, only the catalogs from before know the root.
    private long root(long relation) {
        return before.relation(relation).isPresent() ? before.root(relation) : after.root(relation);
    }
}
