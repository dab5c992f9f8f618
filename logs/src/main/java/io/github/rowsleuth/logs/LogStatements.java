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
        for (LogSource source : sources) {
            LogReading reading = new LogReading(source, options, examination.incident(), patience).read();
            slices.addAll(reading.slices());
            notes.addAll(reading.notes());
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
        Statements statements =
                new Answer(slices, notes, new Zones(options.zones()), examination).statements(name, failure);
        if (interrupted) {
            throw new InterruptedException();
        }
        return statements;
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
