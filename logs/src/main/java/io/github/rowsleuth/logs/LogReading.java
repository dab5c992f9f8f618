package io.github.rowsleuth.logs;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.logs.event.Focus;
import io.github.rowsleuth.logs.pass.Slice;
import io.github.rowsleuth.logs.record.LinePrefix;
import io.github.rowsleuth.logs.source.FoundLogs;
import io.github.rowsleuth.logs.source.IncompleteLogException;
import io.github.rowsleuth.logs.source.LogFamilies;
import io.github.rowsleuth.logs.source.LogSource;
import io.github.rowsleuth.logs.source.LogStream;
import io.github.rowsleuth.logs.source.Note;
import io.github.rowsleuth.logs.source.Patience;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the logs of a source, one sequence after the other; what can not be read becomes a note. */
final class LogReading {

    private final LogSource source;
    private final int number;
    private final LogOptions options;
    private final Focus focus;
    private final Patience patience;
    private final List<Note> notes = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private final List<Slice> slices = new ArrayList<>();
    private Optional<IncompleteLogException> firstFailure = Optional.empty();
    private final List<SequencePass.Marked> marks = new ArrayList<>();
    private boolean markable = true;
    private boolean interrupted;

    LogReading(LogSource source, LogOptions options, Incident incident, Patience patience) {
        this(source, 0, options, incident, patience);
    }

    /**
     * A reading.
     *
     * @param source where the logs are
     * @param number the number of the source among several
     */
    LogReading(LogSource source, int number, LogOptions options, Incident incident, Patience patience) {
        this.source = source;
        this.number = number;
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
                    SequencePass pass = sequence(sequence, found.settings());
                    Optional.ofNullable(found.settings().get("log_timezone"))
                            .ifPresent(zone ->
                                    pass.slices().forEach(s -> s.counts().zone(zone)));
                    keep(pass);
                }
            }
        }
        return this;
    }

    private void keep(SequencePass pass) {
        if (options.resumable()) {
            Optional<SequencePass.Marked> mark = pass.mark();
            mark.ifPresent(marks::add);
            markable &= mark.isPresent();
        }
        slices.addAll(pass.slices());
        notes.addAll(pass.notes());
        firstFailure = firstFailure.or(pass::firstFailure);
        interrupted |= pass.interrupted();
    }

    /** What a log says of its own prefix is only known at its end: then it is read again. */
    private SequencePass sequence(List<LogStream> logs, Map<String, String> settings) throws ProbeUnavailableException {
        SequencePass pass = pass(logs, known(settings, List.of()));
        boolean strange =
                pass.slices().stream().anyMatch(slice -> slice.counts().otherPrefixes() > 0);
        List<String> others = pass.slices().stream()
                .flatMap(slice -> slice.counts().announced().stream())
                .filter(LinePrefix::tellsTime)
                .distinct()
                .toList();
        if (strange && !others.isEmpty() && source.isRepeatable() && !pass.interrupted()) {
            return pass(logs, known(settings, others));
        }
        return pass;
    }

    private SequencePass pass(List<LogStream> logs, List<String> known) throws ProbeUnavailableException {
        SequencePass pass = new SequencePass(options, focus, patience, known, source.isRepeatable());
        String format = LogFamilies.format(logs.get(logs.size() - 1).name());
        Optional<ResumeToken.Sequence> before = options.earlier().stream()
                .flatMap(token -> token.sequences().stream())
                .filter(sequence -> sequence.source() == number
                        && LogFamilies.format(sequence.lastLog().name()).equals(format))
                .findFirst();
        return before.isPresent() ? pass.resume(logs, before.get()) : pass.read(logs);
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

    /** {@return what was found, one for each sequence} */
    List<Slice> slices() {
        return slices;
    }

    /** {@return where a later reading goes on, one for each sequence; empty if not all were read to their end} */
    Optional<List<SequencePass.Marked>> marks() {
        return Optional.of(marks).filter(all -> markable && !interrupted);
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
