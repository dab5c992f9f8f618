package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The destructive statements that are kept: at most {@link #MAX}. When there are more, those go first that remove no
 * rows, name no table of the incident and lie outside of its window.
 */
final class Sightings {

    static final int MAX = 10_000;

    private final Incident incident;
    private final int max;
    private final List<List<Sighting>> byRank = IntStream.range(0, 8)
            .<List<Sighting>>mapToObj(i -> new ArrayList<>())
            .toList();
    private int size;
    private long dropped;

    Sightings(Incident incident, int max) {
        this.incident = incident;
        this.max = max;
    }

    void add(Sighting sighting) {
        int rank = rank(sighting);
        if (size == max) {
            dropped++;
            int lowest = IntStream.range(0, rank)
                    .filter(r -> !byRank.get(r).isEmpty())
                    .findFirst()
                    .orElse(-1);
            if (lowest < 0) {
                return;
            }
            List<Sighting> least = byRank.get(lowest);
            least.remove(least.size() - 1);
            size--;
        }
        byRank.get(rank).add(sighting);
        size++;
    }

    private int rank(Sighting sighting) {
        DestructiveStatement statement = sighting.statement();
        boolean removes = statement.kind().removesRows() || statement.kind().dropsTables();
        boolean reaches = statement.dynamic()
                || statement.cascade()
                || (statement.kind().dropsTables() && statement.tables().isEmpty())
                || statement.tables().stream().anyMatch(incident::names);
        return (removes ? 4 : 0) + (reaches ? 2 : 0) + (inWindow(sighting.moment(), incident.window()) ? 1 : 0);
    }

    private static boolean inWindow(Moment moment, TimeWindow window) {
        return window.contains(
                        moment.earliest().orElseGet(() -> window.notBefore().orElse(Instant.MIN)))
                || window.contains(
                        moment.latest().orElseGet(() -> window.notAfter().orElse(Instant.MAX)));
    }

    /** {@return what was kept, in the order of time, then of the log} */
    List<Sighting> all() {
        return byRank.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Sighting::moment).thenComparingLong(Sighting::number))
                .toList();
    }

    /** {@return how many were not kept} */
    long dropped() {
        return dropped;
    }
}
