package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.sql.StatementKind;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The statements and the traces of a log: all of them counted, the ones that matter most kept. */
public final class Ledger {

    /** How many statements, and how many traces, are kept. */
    public static final int MOST = 10_000;

    private static final Comparator<Sighting> ORDER =
            Comparator.comparing(Sighting::place).thenComparing(Sighting::index, Integer::compare);

    private final Focus focus;
    private final Map<StatementKind, long[]> seen = new EnumMap<>(StatementKind.class);
    private final Kept<Sighting> sightings = new Kept<>(MOST, ORDER);
    private final Kept<Trace> traces =
            new Kept<>(MOST, Comparator.comparing(Trace::place).thenComparing(Trace::summary));
    private long errorsWithoutStatement;
    private @Nullable Ledger joinedTo;

    /** Keeps what matters for that. */
    public Ledger(Focus focus) {
        this.focus = focus;
    }

    /** Sessions outlive the part in which they began: what happens to them later belongs to the whole. */
    private Ledger root() {
        Ledger root = this;
        while (root.joinedTo != null) {
            root = root.joinedTo;
        }
        return root;
    }

    void enter(Sighting sighting) {
        if (sighting.enter()) {
            root().count(sighting, 0, 1);
            root().keep(sighting);
        }
    }

    private void keep(Sighting sighting) {
        sightings
                .add(sighting, focus.rank(sighting.statement(), sighting.place().stamp()))
                .forEach(Sighting::drop);
    }

    void fail(Sighting sighting) {
        if (sighting.end() != End.FAILED) {
            root().count(sighting, 1, 1);
        }
    }

    private void count(Sighting sighting, int column, long number) {
        seen.computeIfAbsent(sighting.statement().kind(), k -> new long[2])[column] += number;
    }

    void add(Trace trace) {
        traces.add(trace, focus.rank(trace.tables(), trace.place().stamp()));
    }

    void errorWithoutStatement() {
        errorsWithoutStatement++;
    }

    /** {@return the errors of which the log does not hold the statement} */
    public long errorsWithoutStatement() {
        return errorsWithoutStatement;
    }

    /** {@return what was kept, in the order of the log} */
    public List<Sighting> sightings() {
        return sightings.all();
    }

    /** {@return what was kept, in the order of the log} */
    public List<Trace> traces() {
        return traces.all();
    }

    /** {@return what was kept and was not told before, and those others that are not what was told of them} */
    public List<Sighting> news(Collection<Sighting> others, Told told, Predicate<Sighting> shows) {
        TreeSet<Sighting> all = new TreeSet<>(ORDER);
        all.addAll(sightings.all());
        all.addAll(others);
        return all.stream()
                .filter(s -> told.isNews(s, s.fingerprint(shows.test(s))))
                .toList();
    }

    /** {@return the traces that were kept and not told before} */
    public List<Trace> news(Told told) {
        return traces.all().stream().filter(told::isNews).toList();
    }

    /** {@return how many statements were not kept} */
    public long droppedSightings() {
        return sightings.dropped();
    }

    /** {@return how many traces were not kept} */
    public long droppedTraces() {
        return traces.dropped();
    }

    /** {@return how many of that kind were seen, failed ones included} */
    public long seen(StatementKind kind) {
        return seen.getOrDefault(kind, new long[2])[0];
    }

    /** {@return how many of that kind failed} */
    public long failed(StatementKind kind) {
        return seen.getOrDefault(kind, new long[2])[1];
    }

    /** Adds what another part of the log holds. */
    public void add(Ledger other) {
        other.joinedTo = this;
        other.seen.forEach((kind, counts) -> {
            long[] mine = seen.computeIfAbsent(kind, k -> new long[2]);
            mine[0] += counts[0];
            mine[1] += counts[1];
        });
        other.sightings().forEach(this::keep);
        other.traces().forEach(this::add);
        sightings.alsoDropped(other.sightings.dropped());
        traces.alsoDropped(other.traces.dropped());
        errorsWithoutStatement += other.errorsWithoutStatement;
    }

    /** Writes it. */
    public void write(Pool.Writer out) throws IOException {
        out.data().writeInt(seen.size());
        for (Map.Entry<StatementKind, long[]> kind : seen.entrySet()) {
            out.data().writeUTF(kind.getKey().name());
            out.data().writeLong(kind.getValue()[0]);
            out.data().writeLong(kind.getValue()[1]);
        }
        out.sightings(sightings.all());
        out.data().writeLong(sightings.dropped());
        List<Trace> all = traces.all();
        out.data().writeInt(all.size());
        for (Trace trace : all) {
            trace.write(out.data());
        }
        out.data().writeLong(traces.dropped());
        out.data().writeLong(errorsWithoutStatement);
    }

    /** Reads what was written. */
    public void read(Pool.Reader in) throws IOException {
        for (int i = in.data().readInt(); i > 0; i--) {
            StatementKind kind = StatementKind.valueOf(in.data().readUTF());
            seen.put(kind, new long[] {in.data().readLong(), in.data().readLong()});
        }
        in.sightings().forEach(this::keep);
        sightings.alsoDropped(in.data().readLong());
        for (int i = in.data().readInt(); i > 0; i--) {
            add(Trace.read(in));
        }
        traces.alsoDropped(in.data().readLong());
        errorsWithoutStatement = in.data().readLong();
    }
}
