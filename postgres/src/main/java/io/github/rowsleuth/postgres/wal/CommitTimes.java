package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.XidAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * The time along the log. Only the ends of transactions carry one; everything else happened after the last end before it
 * and before the next end after it. Of many ends every other one is forgotten, again and again: what is left still
 * bounds, a little wider.
 */
public final class CommitTimes {

    /** How many ends are remembered, at most. */
    private static final int MOST = 8_192;

    // A transaction reads the clock just before it writes its end (src/backend/access/transam/xact.c,
    // RecordTransactionCommit); a slow disk can come between the two.
    private static final Duration BEFORE_ITS_RECORD = Duration.ofSeconds(5);

    private final NavigableMap<Lsn, XidAt> ends = new TreeMap<>();
    private final NavigableMap<Lsn, XidAt> nexts = new TreeMap<>();
    private int every = 1;
    private int skipped;
    private Optional<XidAt> latest = Optional.empty();
    private Optional<Lsn> latestLsn = Optional.empty();

    /** An id that was there, or was the next one, at a time. */
    private record XidAt(long xid, Instant at) {}

    void ended(Lsn lsn, long xid, Instant at) {
        latest = Optional.of(new XidAt(xid, at));
        latestLsn = Optional.of(lsn);
        if (++skipped >= every || ends.isEmpty()) {
            ends.put(lsn, new XidAt(xid, at));
            skipped = 0;
            if (ends.size() > MOST) {
                thin(ends);
                every *= 2;
            }
        }
    }

    /** At that position the next id was this one; ends that were read before are before it. */
    void next(Lsn lsn, long xid) {
        // An idle server says the same again and again; only the last time counts.
        if (value(nexts.lastEntry()).filter(before -> before.xid() == xid).isPresent()) {
            nexts.pollLastEntry();
        }
        latest.ifPresent(end -> nexts.put(lsn, new XidAt(xid, end.at())));
        if (nexts.size() > MOST) {
            thin(nexts);
        }
    }

    private static void thin(NavigableMap<Lsn, XidAt> map) {
        boolean drop = false;
        var keys = map.keySet().iterator();
        while (keys.hasNext()) {
            keys.next();
            if (drop) {
                keys.remove();
            }
            drop = !drop;
        }
    }

    /**
     * {@return when the record at that position was written}
     *
     * @param lsn where it begins
     */
    public Moment at(Lsn lsn) {
        Optional<Instant> from = latestLsn
                .filter(l -> l.compareTo(lsn) < 0)
                .flatMap(l -> latest)
                .or(() -> value(ends.lowerEntry(lsn)))
                .map(XidAt::at);
        Optional<Instant> to = value(ends.higherEntry(lsn))
                .or(() -> latestLsn.filter(l -> l.compareTo(lsn) > 0).flatMap(l -> latest))
                .map(end -> end.at().plus(BEFORE_ITS_RECORD));
        // A clock that was set back says nothing.
        boolean reversed = from.isPresent() && to.isPresent() && to.get().isBefore(from.get());
        return reversed ? Moment.unknown() : new Moment(from, to);
    }

    private static Optional<XidAt> value(Map.@org.jspecify.annotations.Nullable Entry<Lsn, XidAt> entry) {
        return Optional.ofNullable(entry).map(Map.Entry::getValue);
    }

    /** {@return the first end that was read} */
    public Optional<Instant> begin() {
        return value(ends.firstEntry()).map(XidAt::at);
    }

    /**
     * {@return ids that the log dates, evenly along it, by position}
     *
     * @param most how many of each kind
     * @param withEpoch completes an id, where that is possible
     */
    public List<XidAnchor> anchors(int most, LongFunction<Optional<Long>> withEpoch) {
        List<XidAnchor> anchors = new ArrayList<>();
        for (XidAt end : some(ends, most)) {
            withEpoch
                    .apply(end.xid())
                    .ifPresent(
                            xid -> anchors.add(new XidAnchor(xid, Moment.notAfter(end.at()), "the write-ahead log")));
        }
        for (XidAt next : some(nexts, most)) {
            withEpoch
                    .apply(next.xid())
                    .ifPresent(
                            xid -> anchors.add(new XidAnchor(xid, Moment.notBefore(next.at()), "the write-ahead log")));
        }
        return anchors;
    }

    private static List<XidAt> some(NavigableMap<Lsn, XidAt> map, int most) {
        List<XidAt> all = List.copyOf(map.values());
        if (all.size() <= most) {
            return all;
        }
        List<XidAt> some = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) ((long) i * (all.size() - 1) / (most - 1))));
        }
        return some;
    }
}
