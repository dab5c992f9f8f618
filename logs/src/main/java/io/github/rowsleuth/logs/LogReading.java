package io.github.rowsleuth.logs;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.logs.event.Focus;
import io.github.rowsleuth.logs.pass.Feeder;
import io.github.rowsleuth.logs.pass.Ranges;
import io.github.rowsleuth.logs.pass.Scan;
import io.github.rowsleuth.logs.pass.Slice;
import io.github.rowsleuth.logs.record.LinePrefix;
import io.github.rowsleuth.logs.record.PrefixInference;
import io.github.rowsleuth.logs.record.Prefixes;
import io.github.rowsleuth.logs.source.FoundLogs;
import io.github.rowsleuth.logs.source.IncompleteLogException;
import io.github.rowsleuth.logs.source.LogSource;
import io.github.rowsleuth.logs.source.LogStream;
import io.github.rowsleuth.logs.source.Note;
import io.github.rowsleuth.logs.source.Patience;
import io.github.rowsleuth.logs.source.PlainFile;
import io.github.rowsleuth.logs.source.ReadAhead;
import io.github.rowsleuth.logs.source.Sample;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the logs of a source, one sequence after the other; what can not be read becomes a note. */
final class LogReading {

    private static final int CHECK_EVERY = 16; // blocks

    private final LogSource source;
    private final LogOptions options;
    private final Focus focus;
    private final Patience patience;
    private final List<Note> notes = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private final List<Slice> slices = new ArrayList<>();
    private Optional<IncompleteLogException> firstFailure = Optional.empty();
    private boolean interrupted;

    LogReading(LogSource source, LogOptions options, Incident incident, Patience patience) {
        this.source = source;
        this.options = options;
        this.focus = new Focus(incident);
        this.patience = patience;
    }

    /**
     * Reads everything.
     *
     * @throws ProbeUnavailableException if there is nothing to read
     */
    LogReading read() throws ProbeUnavailableException, IOException {
        try (FoundLogs found = source.find(patience, notes::add)) {
            facts.addAll(found.facts());
            for (List<LogStream> sequence : found.sequences()) {
                if (!interrupted) {
                    Slice slice = sequence(sequence, found.settings());
                    Optional.ofNullable(found.settings().get("log_timezone")).ifPresent(slice.counts()::zone);
                    slices.add(slice);
                }
            }
        }
        return this;
    }

    /** What a log says of its own prefix is only known at its end: then it is read again. */
    private Slice sequence(List<LogStream> logs, Map<String, String> settings)
            throws ProbeUnavailableException, IOException {
        int before = notes.size();
        Slice slice = pass(logs, known(settings, List.of()));
        Set<String> announced = slice.counts().announced();
        List<String> others = announced.stream().filter(LinePrefix::tellsTime).toList();
        if (slice.counts().otherPrefixes() > 0 && !others.isEmpty() && source.isRepeatable() && !interrupted) {
            notes.subList(before, notes.size()).clear();
            return pass(logs, known(settings, others));
        }
        return slice;
    }

    /** The prefixes that lines can have for sure: what a person said, what the server says, what the log says. */
    private List<String> known(Map<String, String> settings, List<String> announced) {
        List<String> known = new ArrayList<>();
        options.prefix().ifPresent(known::add);
        Optional.ofNullable(settings.get("log_line_prefix"))
                .filter(LinePrefix::tellsTime)
                .ifPresent(known::add);
        known.addAll(announced);
        return known;
    }

    private Slice pass(List<LogStream> logs, List<String> known) throws ProbeUnavailableException, IOException {
        Slice slice =
                Slice.first(scan(logs.get(0), Sample.EMPTY, known), logs.get(0).name());
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < logs.size() && !interrupted; i++) {
            if (i > 0) {
                slice.nextLog(logs.get(i).name());
            }
            long lines = slice.counts().lines();
            long heads = slice.counts().heads();
            log(logs.get(i), known, slice);
            if (slice.counts().heads() == heads && slice.counts().lines() > lines) {
                silent.add(logs.get(i).name());
            }
        }
        if (logs.size() > 1 && !silent.isEmpty()) {
            notes.add(silent(silent));
        }
        return slice;
    }

    private static Note silent(List<String> logs) {
        String more = logs.size() > 5 ? " and " + (logs.size() - 5) + " more" : "";
        return new Note(
                "logs in which no record was found: " + String.join(", ", logs.subList(0, Math.min(5, logs.size())))
                        + more,
                "what they say is not known",
                "give them on their own, with the prefix they have as withPrefix(\"…\")");
    }

    private void log(LogStream log, List<String> known, Slice slice) throws ProbeUnavailableException {
        try (Opened opened = open(log)) {
            Scan scan = scan(log, opened.sample, known);
            slice.expect(scan);
            read(log, scan, opened, slice);
            log.check(notes::add);
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

    private Opened open(LogStream log) throws IOException, ProbeUnavailableException {
        InputStream in = log.open(patience);
        try {
            Sample sample = Sample.of(in);
            return new Opened(sample.and(in), sample);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private Scan scan(LogStream log, Sample sample, List<String> known) {
        Prefixes inferred = PrefixInference.infer(sample.lines());
        Prefixes prefixes = known.isEmpty() ? inferred : Prefixes.of(known).and(inferred);
        long latest = log.written()
                .map(Instant::toEpochMilli)
                .orElseGet(() -> options.clock().millis());
        return new Scan(focus, prefixes, latest, options.fast());
    }

    private void read(LogStream log, Scan scan, Opened opened, Slice slice) throws IOException {
        Optional<PlainFile> plain = log.plain();
        if (plain.isPresent() && Ranges.pays(plain.get(), options.threads())) {
            new Ranges(scan, plain.get(), log.name(), patience).read(0, slice, options.threads());
            return;
        }
        Feeder feeder = new Feeder(slice);
        try (InputStream in = options.threads() > 1 && log.isPacked() ? new ReadAhead(opened.in) : opened.in) {
            int blocks = 0;
            while (feeder.feed(in)) {
                if (++blocks % CHECK_EVERY == 0) {
                    patience.check();
                }
            }
        } finally {
            feeder.pause();
        }
    }

    /** {@return what was found, one for each sequence} */
    List<Slice> slices() {
        return slices;
    }

    /** {@return what could not be read} */
    List<Note> notes() {
        return notes;
    }

    /** {@return what was learned of the logs before they were read, each a sentence} */
    List<String> facts() {
        return facts;
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
