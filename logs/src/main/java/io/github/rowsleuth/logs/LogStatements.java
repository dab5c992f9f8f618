package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.logs.pass.Slice;
import io.github.rowsleuth.logs.source.IncompleteLogException;
import io.github.rowsleuth.logs.source.LogSource;
import io.github.rowsleuth.logs.source.Note;
import io.github.rowsleuth.logs.source.Patience;
import io.github.rowsleuth.logs.time.Zones;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.StatementProbe;
import io.github.rowsleuth.probe.Statements;
import io.github.rowsleuth.probe.Volatility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks for destructive statements in logs.
 *
 * @param sources where the logs are
 * @param options how they are read
 */
record LogStatements(List<LogSource> sources, LogOptions options) implements StatementProbe {

    static final String ID = "logs.statements";

    @Override
    public Statements examine(Examination examination)
            throws ProbeUnavailableException, IOException, InterruptedException {
        Patience patience = Patience.of(examination);
        List<Slice> slices = new ArrayList<>();
        List<Note> notes = new ArrayList<>();
        Optional<IncompleteLogException> failure = Optional.empty();
        boolean interrupted = false;
        Marks marks = new Marks();
        for (int i = 0; i < sources.size(); i++) {
            LogSource source = sources.get(i);
            LogReading reading = new LogReading(source, i, options, examination.incident(), patience).read();
            slices.addAll(reading.slices());
            notes.addAll(reading.notes());
            marks.add(i, reading);
            reading.facts()
                    .forEach(fact -> examination.record(
                            new Observation.ServerFact(fact),
                            Moment.unknown(),
                            new Provenance(source.toString(), "settings")));
            failure = failure.or(reading::firstFailure);
            interrupted |= reading.interrupted();
        }
        if (interrupted) {
            Thread.interrupted(); // what was found is still handed in
        }
        String name = sources.stream().map(Object::toString).collect(Collectors.joining(", "));
        Statements found = new Answer(slices, notes, new Zones(options.zones()), examination)
                .statements(options.earlier().isPresent(), name, failure);
        Statements statements = new Statements(
                found.seen(), found.clusters(), found.traces(), found.visibility(), marks.token(options));
        if (interrupted) {
            throw new InterruptedException();
        }
        return statements;
    }

    /** Where the sequences of all sources ended. */
    private static final class Marks {

        private final List<Supplier<ResumeToken.Sequence>> all = new ArrayList<>();
        private boolean whole = true;

        void add(int source, LogReading reading) {
            whole &= reading.marks().isPresent();
            reading.marks().orElse(List.of()).forEach(mark -> all.add(() -> mark.of(source)));
        }

        Optional<String> token(LogOptions options) {
            return options.resumable() && whole
                    ? Optional.of(
                            new ResumeToken(all.stream().map(Supplier::get).toList()).text())
                    : Optional.empty();
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Volatility volatility() {
        return Volatility.LOG;
    }
}
