package io.github.rowsleuth.logs.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The things that are kept, so many at most. When there are more, those go first that matter least, the latest of them
 * first: what stays does not depend on the order in which parts of a log are joined.
 *
 * @param <T> the things
 */
final class Kept<T> {

    private final int most;
    private final Comparator<T> order;
    private final List<TreeSet<T>> byRank;
    private int size;
    private long dropped;

    Kept(int most, Comparator<T> order) {
        this.most = most;
        this.order = order;
        this.byRank = IntStream.rangeClosed(0, Focus.HIGHEST)
                .mapToObj(i -> new TreeSet<>(order))
                .toList();
    }

    /** Adds a thing. {@return what was dropped for it, maybe itself; empty if nothing was} */
    List<T> add(T thing, int rank) {
        if (size >= most && isLeast(thing, rank)) {
            dropped++;
            return List.of(thing);
        }
        if (!byRank.get(rank).add(thing)) {
            return List.of();
        }
        size++;
        List<T> gone = new ArrayList<>();
        while (size > most) {
            gone.add(dropLeast());
        }
        return gone;
    }

    /** {@return whether it would be the first to go} */
    private boolean isLeast(T thing, int rank) {
        for (TreeSet<T> less : byRank.subList(0, rank)) {
            if (!less.isEmpty()) {
                return false;
            }
        }
        TreeSet<T> equals = byRank.get(rank);
        return equals.isEmpty() || order.compare(thing, equals.last()) > 0;
    }

    private T dropLeast() {
        TreeSet<T> least =
                byRank.stream().filter(set -> !set.isEmpty()).findFirst().orElseThrow();
        size--;
        dropped++;
        return java.util.Objects.requireNonNull(least.pollLast());
    }

    /** {@return what was kept, in order} */
    List<T> all() {
        return byRank.stream().flatMap(Collection::stream).sorted(order).toList();
    }

    /** {@return how many were not kept} */
    long dropped() {
        return dropped;
    }

    void alsoDropped(long more) {
        dropped += more;
    }
}
