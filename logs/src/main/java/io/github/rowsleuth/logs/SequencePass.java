package io.github.rowsleuth.logs;

import io.github.rowsleuth.logs.event.Focus;
import io.github.rowsleuth.logs.event.Told;
import io.github.rowsleuth.logs.pass.Feeder;
import io.github.rowsleuth.logs.pass.Ranges;
import io.github.rowsleuth.logs.pass.Scan;
import io.github.rowsleuth.logs.pass.Slice;
import io.github.rowsleuth.logs.pass.SliceMark;
import io.github.rowsleuth.logs.record.PrefixInference;
import io.github.rowsleuth.logs.record.Prefixes;
import io.github.rowsleuth.logs.source.IncompleteLogException;
import io.github.rowsleuth.logs.source.LogStream;
import io.github.rowsleuth.logs.source.Note;
import io.github.rowsleuth.logs.source.Patience;
import io.github.rowsleuth.logs.source.PlainFile;
import io.github.rowsleuth.logs.source.ReadAhead;
import io.github.rowsleuth.logs.source.Sample;
import io.github.rowsleuth.logs.source.Tail;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pass over logs that go on with one another; what can not be read becomes a note. */
final class SequencePass {

    private static final int CHECK_EVERY = 16; // blocks
    private static final int TAIL = 2 << 20;
    private static final int ANCHOR = 1024;

    private final LogOptions options;
    private final Focus focus;
    private final Patience patience;
    private final List<String> known;
    private final boolean repeatable;
    private final List<Note> notes = new ArrayList<>();
    private final List<Slice> slices = new ArrayList<>();
    private final List<ResumeToken.ReadLog> logs = new ArrayList<>();
    private final IdentityHashMap<LogStream, Opened> opened = new IdentityHashMap<>();
    private Optional<IncompleteLogException> firstFailure = Optional.empty();
    private Optional<ResumeToken.Sequence> unchanged = Optional.empty();
    private @Nullable End end;
    private final List<String> silent = new ArrayList<>();
    private int read;
    private boolean interrupted;

    /**
     * A pass.
     *
     * @param known the prefixes that lines have for sure
     * @param repeatable whether a log can be opened more than once
     */
    SequencePass(LogOptions options, Focus focus, Patience patience, List<String> known, boolean repeatable) {
        this.options = options;
        this.focus = focus;
        this.patience = patience;
        this.known = known;
        this.repeatable = repeatable;
    }

    /**
     * A log that was opened, and its beginning.
     *
     * @param in the log, from its beginning
     * @param sample its beginning
     */
    private record Opened(InputStream in, Sample sample) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /**
     * How far a log was read.
     *
     * @param slice what was found up to there
     * @param number the number of the log among those that were read
     * @param sample the beginning of the log
     * @param plain the file, if any part of it can be read again
     * @param tail the last bytes, if not
     * @param base the byte with which the tail began
     * @param reached how many bytes of the log were read
     */
    private record End(
            Slice slice, int number, Sample sample, Optional<PlainFile> plain, Tail tail, long base, long reached) {

        byte[] before(long to) throws IOException {
            return plain.isPresent() ? Tail.before(plain.get(), to, TAIL) : tail.before(to - base);
        }
    }

    // ---- reading

    /** Reads those logs from their beginnings. */
    SequencePass read(List<LogStream> all) throws ProbeUnavailableException {
        Slice slice = Slice.first(scan(all.get(0), Sample.EMPTY), all.get(0).name());
        slices.add(slice);
        one(all.get(0), slice);
        return rest(all.subList(1, all.size()), slice);
    }

    private SequencePass rest(List<LogStream> others, Slice slice) throws ProbeUnavailableException {
        for (LogStream log : others) {
            if (!interrupted) {
                slice.nextLog(log.name());
                one(log, slice);
            }
        }
        return this;
    }

    private void one(LogStream log, Slice slice) throws ProbeUnavailableException {
        long lines = slice.counts().lines();
        long heads = slice.counts().heads();
        end = null;
        attempt(log, () -> {
            try (Opened from = open(log)) {
                Scan scan = scan(log, from.sample);
                slice.expect(scan);
                read(log, scan, from.sample, tail(log, from.in), 0, 0, slice, added(log.name()));
                log.check(notes::add);
            }
        });
        read++;
        if (slice.counts().heads() == heads && slice.counts().lines() > lines) {
            silent.add(log.name());
        }
    }

    private int added(String name) {
        logs.add(ResumeToken.ReadLog.of(name, new byte[0], 0));
        return logs.size() - 1;
    }

    private Optional<Note> silentLogs() {
        if (read < 2 || silent.isEmpty()) {
            return Optional.empty();
        }
        String more = silent.size() > 5 ? " and " + (silent.size() - 5) + " more" : "";
        return Optional.of(new Note(
                "logs in which no record was found: " + String.join(", ", silent.subList(0, Math.min(5, silent.size())))
                        + more,
                "what they say is not known",
                "give them on their own, with the prefix they have as withPrefix(\"…\")"));
    }

    /** What reads a log. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, ProbeUnavailableException;
    }

    private void attempt(LogStream log, Work work) throws ProbeUnavailableException {
        try {
            work.run();
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            interrupted = true;
        } catch (IncompleteLogException incomplete) {
            incomplete(log, incomplete);
        } catch (IOException unreadable) {
            incomplete(log, unreadable(unreadable));
        }
    }

    private void incomplete(LogStream log, IncompleteLogException why) {
        firstFailure = firstFailure.or(() -> Optional.of(why));
        notes.add(why.note(log.name()));
    }

    private static IncompleteLogException unreadable(IOException e) {
        return new IncompleteLogException(
                "the log, or its end: reading it failed (" + e.getClass().getSimpleName() + ")",
                "what it says is not known",
                "see that this user may read it and that its disk is sound");
    }

    private Opened open(LogStream log) throws IOException, ProbeUnavailableException {
        Opened already = opened.remove(log);
        if (already != null) {
            return already;
        }
        InputStream in = log.open(patience);
        try {
            Sample sample = Sample.of(in);
            return new Opened(sample.and(in), sample);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private Scan scan(LogStream log, Sample sample) {
        Prefixes inferred = PrefixInference.infer(sample.lines());
        Prefixes prefixes = known.isEmpty() ? inferred : Prefixes.of(known).and(inferred);
        long latest = log.written()
                .map(Instant::toEpochMilli)
                .orElseGet(() -> options.clock().millis());
        return new Scan(focus, prefixes, latest, options.fast());
    }

    private Tail tail(LogStream log, InputStream in) throws IOException {
        boolean kept = options.resumable() && log.plain().isEmpty();
        return new Tail(in, kept ? 2 * TAIL : 0);
    }

    /**
     * Reads a log to its end.
     *
     * @param in its bytes, from {@code from} on
     * @param base the byte with which {@code in} began
     * @param from the byte to begin with
     */
    private void read(LogStream log, Scan scan, Sample sample, Tail in, long base, long from, Slice slice, int number)
            throws IOException {
        Optional<PlainFile> plain = log.plain();
        if (plain.isPresent()
                && Ranges.pays(new PlainFile(plain.get().path(), plain.get().size() - from), options.threads())) {
            new Ranges(scan, plain.get(), log.name(), patience).read(from, slice, options.threads());
            reached(new End(slice, number, sample, plain, in, base, plain.get().size()));
            return;
        }
        Feeder feeder = new Feeder(slice);
        try (InputStream bytes = options.threads() > 1 && log.isPacked() ? new ReadAhead(in) : in) {
            int blocks = 0;
            while (feeder.feed(bytes)) {
                if (++blocks % CHECK_EVERY == 0) {
                    patience.check();
                }
            }
        } finally {
            feeder.pause();
            reached(new End(slice, number, sample, plain, in, base, base + in.count()));
        }
    }

    private void reached(End here) {
        end = here;
        consumed(here, here.reached);
    }

    private void consumed(End here, long bytes) {
        String name = logs.get(here.number).name();
        logs.set(here.number, ResumeToken.ReadLog.of(name, here.sample.head(ResumeToken.HEAD), bytes));
    }

    // ---- going on

    /** Goes on from where an earlier reading ended. */
    SequencePass resume(List<LogStream> all, ResumeToken.Sequence earlier) throws ProbeUnavailableException {
        IdentityHashMap<LogStream, ResumeToken.ReadLog> met = match(all, earlier);
        Optional<LogStream> last = all.stream()
                .filter(log -> earlier.lastLog().equals(met.get(log)))
                .findFirst();
        List<LogStream> fresh =
                all.stream().filter(log -> !met.containsKey(log)).toList();
        for (LogStream log : all) {
            ResumeToken.ReadLog read = met.get(log);
            if (read != null && !read.equals(earlier.lastLog())) {
                logs.add(new ResumeToken.ReadLog(log.name(), read.head(), read.hash(), read.consumed()));
            }
        }
        if (last.isEmpty()) {
            notes.add(gone(earlier.lastLog().name()));
            return anew(fresh, earlier);
        }
        int at = all.indexOf(last.get());
        List<LogStream> older =
                fresh.stream().filter(log -> all.indexOf(log) < at).toList();
        List<LogStream> newer =
                fresh.stream().filter(log -> all.indexOf(log) > at).toList();
        if (!older.isEmpty()) {
            read(older); // logs that came to light: they are no part of what goes on
        }
        Optional<Slice> slice = goOn(last.get(), earlier);
        if (slice.isEmpty()) {
            List<LogStream> remaining = new ArrayList<>(List.of(last.get()));
            remaining.addAll(newer);
            return interrupted ? this : anew(remaining, earlier);
        }
        grown(all, met, earlier, slice.get());
        return rest(newer, slice.get());
    }

    private SequencePass anew(List<LogStream> fresh, ResumeToken.Sequence earlier) throws ProbeUnavailableException {
        if (fresh.isEmpty()) {
            unchanged = Optional.of(earlier);
            return this;
        }
        return read(fresh);
    }

    /** {@return which log is which of those that were read, whatever their names are now} */
    private IdentityHashMap<LogStream, ResumeToken.ReadLog> match(List<LogStream> all, ResumeToken.Sequence earlier)
            throws ProbeUnavailableException {
        IdentityHashMap<LogStream, ResumeToken.ReadLog> met = new IdentityHashMap<>();
        List<ResumeToken.ReadLog> left = new ArrayList<>(earlier.logs());
        for (LogStream log : all) {
            byte[] beginning = beginning(log);
            left.stream()
                    .filter(read -> read.isOf(log.name(), beginning))
                    .max(java.util.Comparator.comparing(
                            (ResumeToken.ReadLog read) -> read.name().equals(log.name())))
                    .ifPresent(read -> {
                        met.put(log, read);
                        left.remove(read);
                    });
        }
        return met;
    }

    private byte[] beginning(LogStream log) throws ProbeUnavailableException {
        try {
            Opened from = open(log);
            if (repeatable) {
                from.close();
            } else {
                opened.put(log, from);
            }
            return from.sample.head(ResumeToken.HEAD);
        } catch (IOException unreadable) {
            return new byte[0]; // said when it is read
        }
    }

    /** {@return what goes on in the log that was read last; empty if it is not the same any more} */
    private Optional<Slice> goOn(LogStream log, ResumeToken.Sequence earlier) throws ProbeUnavailableException {
        List<Slice> found = new ArrayList<>();
        long consumed = earlier.lastLog().consumed();
        long base = consumed - earlier.before();
        attempt(log, () -> {
            try (Opened from = open(log);
                    Tail in = tail(log, at(log, from, base))) {
                byte[] before = in.readNBytes(earlier.before());
                if (before.length < earlier.before() || Told.hash(before, 0, before.length) != earlier.hash()) {
                    notes.add(overwritten(log.name()));
                    return;
                }
                Scan scan = scan(log, from.sample);
                Slice slice = earlier.mark()
                        .resume(scan, lastLines(before, earlier.mark().lines()));
                found.add(slice);
                slices.add(slice);
                read(log, scan, from.sample, in, base, consumed, slice, added(log.name()));
                log.check(notes::add);
            } catch (EOFException shorter) {
                notes.add(overwritten(log.name()));
            }
        });
        return found.stream().findFirst();
    }

    private InputStream at(LogStream log, Opened from, long offset) throws IOException, ProbeUnavailableException {
        if (repeatable) {
            return log.openAt(patience, offset);
        }
        from.in.skipNBytes(offset);
        return from.in;
    }

    private static byte[] lastLines(byte[] bytes, long count) {
        return java.util.Arrays.copyOfRange(bytes, start(bytes, count), bytes.length);
    }

    /** {@return where the last lines begin, so many of them} */
    private static int start(byte[] bytes, long count) {
        int at = bytes.length;
        for (long lines = 0; lines < count && at > 0; lines++) {
            at--;
            while (at > 0 && bytes[at - 1] != '\n') {
                at--;
            }
        }
        return at;
    }

    /** Reads what was added to logs that another one had followed already: those of two servers in one folder. */
    private void grown(
            List<LogStream> all, Map<LogStream, ResumeToken.ReadLog> met, ResumeToken.Sequence earlier, Slice slice)
            throws ProbeUnavailableException {
        for (LogStream log : all) {
            ResumeToken.ReadLog read = met.get(log);
            if (read == null || read.equals(earlier.lastLog()) || interrupted) {
                continue;
            }
            attempt(log, () -> {
                if (log.size().orElse(0) > read.consumed()) {
                    slice.nextLog(log.name());
                    int number = number(log.name());
                    try (Opened from = open(log);
                            Tail in = tail(log, at(log, from, read.consumed()))) {
                        Scan scan = scan(log, from.sample);
                        slice.expect(scan);
                        read(log, scan, from.sample, in, read.consumed(), read.consumed(), slice, number);
                    }
                }
            });
        }
    }

    private int number(String name) {
        int number = 0;
        while (!logs.get(number).name().equals(name)) {
            number++;
        }
        return number;
    }

    private static Note gone(String name) {
        return new Note(
                name + ": what was written into it after the earlier reading: it was rotated away",
                "what it says is not known: an absence there proves nothing",
                "give the rotated log as well, and read more often than logs are removed");
    }

    private static Note overwritten(String name) {
        return new Note(
                name + ": what was written into it after the earlier reading: it was cut or overwritten",
                "what it said is not known; what it says now is told from its beginning",
                "give the rotated copy of the file as well");
    }

    // ---- what was found

    /** What is marked, until the answer was made. */
    record Marked(
            Optional<ResumeToken.Sequence> unchanged,
            List<ResumeToken.ReadLog> logs,
            int last,
            int before,
            long hash,
            Optional<SliceMark.Unfinished> mark,
            Optional<Slice> slice) {

        ResumeToken.Sequence of(int source) {
            return unchanged.orElseGet(() -> new ResumeToken.Sequence(
                    source, logs, last, before, hash, mark.orElseThrow().told(slice.orElseThrow())));
        }
    }

    /** {@return where a later reading goes on; empty if this one did not come to an end} */
    Optional<Marked> mark() {
        if (unchanged.isPresent()) {
            return Optional.of(new Marked(unchanged, List.of(), 0, 0, 0, Optional.empty(), Optional.empty()));
        }
        End last = end;
        if (last == null || interrupted || patience.left() == 0) {
            return Optional.empty();
        }
        Slice slice = last.slice;
        long to = last.reached - slice.pending();
        byte[] before;
        try {
            before = last.before(to);
        } catch (IOException e) {
            notes.add(unreadable(e).note(logs.get(last.number).name()));
            return Optional.empty();
        }
        long lines = before.length == to ? lines(before) : lines(before) - 1;
        SliceMark.Unfinished mark = SliceMark.of(slice, Math.max(0, lines));
        int from = Math.min(start(before, mark.lines()), Math.max(0, before.length - ANCHOR));
        consumed(last, to);
        return Optional.of(new Marked(
                Optional.empty(),
                List.copyOf(logs),
                last.number,
                before.length - from,
                Told.hash(before, from, before.length),
                Optional.of(mark),
                Optional.of(slice)));
    }

    private static long lines(byte[] bytes) {
        long lines = 0;
        for (byte b : bytes) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }

    /** {@return what was found: in the logs that go on with one another last} */
    List<Slice> slices() {
        return slices;
    }

    /** {@return what could not be read} */
    List<Note> notes() {
        List<Note> all = new ArrayList<>(notes);
        silentLogs().ifPresent(all::add);
        return all;
    }

    /** {@return why the first log that broke off did} */
    Optional<IncompleteLogException> firstFailure() {
        return firstFailure;
    }

    /** {@return whether the thread was interrupted while it read} */
    boolean interrupted() {
        return interrupted;
    }
}
