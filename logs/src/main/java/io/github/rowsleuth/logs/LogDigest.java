package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.ServerTrace;
import io.github.rowsleuth.probe.Statements;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads logs one after the other and keeps of them what the answer needs. */
final class LogDigest {

    private static final int LINES_BETWEEN_CHECKS = 256;

    private final Examination examination;
    private final Prefixes prefixes;
    private final Patience patience;
    private final Sightings sightings;
    private final StatementTracker tracker;
    private final Horizon horizon = new Horizon();
    private final Tally tally = new Tally();
    private final List<Trace> traces = new ArrayList<>();
    private long droppedTraces;

    LogDigest(Examination examination, Prefixes prefixes) {
        this.examination = examination;
        this.prefixes = prefixes;
        this.patience = Patience.of(examination);
        this.sightings = new Sightings(examination.incident(), Sightings.MAX);
        this.tracker = new StatementTracker(sightings);
    }

    /** Reads one log; what can not be read becomes a gap. */
    void read(LogStream log) throws ProbeUnavailableException, InterruptedIOException {
        try (LogStream.Bytes bytes = log.open(patience)) {
            read(log.name(), new LineReader(bytes.in()));
        } catch (InterruptedIOException | ClosedByInterruptException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (IncompleteLogException incomplete) {
            tally.incomplete(log.name(), incomplete, examination);
        } catch (IOException unreadable) {
            String reason = unreadable.getClass().getSimpleName();
            tally.incomplete(
                    log.name(),
                    new IncompleteLogException(
                            "the log, or its end: reading it failed (" + reason + ")",
                            "what it says is not known",
                            "see that this user may read it and that its disk is sound"),
                    examination);
        }
    }

    private void read(String name, LineReader reader) throws IOException {
        Prefixes.Sample sample = Prefixes.sample(reader);
        LinePrefix prefix = prefixes.of(sample.lines());
        RecordAssembler records = new RecordAssembler(name, prefix, this::accept);
        try {
            for (Line line : sample.lines()) {
                records.accept(line);
            }
            if (sample.failure().isPresent()) {
                throw sample.failure().get();
            }
            for (Line line = reader.next(); line != null; line = reader.next()) {
                records.accept(line);
                if (line.number() % LINES_BETWEEN_CHECKS == 0) {
                    patience.check();
                }
            }
        } finally {
            records.finish();
            tally.add(name, reader, records, prefix);
        }
    }

    private void accept(LogRecord record) {
        horizon.accept(record);
        tracker.accept(record);
        Trace.of(record).ifPresent(trace -> {
            if (traces.size() < Sightings.MAX) {
                traces.add(trace);
            } else {
                droppedTraces++;
            }
        });
    }

    /** Hands in the evidence and the gaps. {@return the answer} */
    Statements finish(String source) throws ProbeUnavailableException {
        tally.requireRecords(source);
        tally.report(examination);
        reportDropped();
        Clusters clusters = new Clusters();
        List<ObservedStatement> seen = new ArrayList<>();
        for (Sighting sighting : sightings.all()) {
            ObservedStatement statement = observed(sighting);
            seen.add(statement);
            clusters.add(sighting.session(), statement);
        }
        List<ServerTrace> served = traces.stream()
                .sorted(Comparator.comparing((Trace trace) -> trace.place().moment()))
                .map(this::served)
                .toList();
        return new Statements(
                seen,
                clusters.all(),
                served,
                horizon.visibility(examination.incident().window(), examination));
    }

    private void reportDropped() {
        if (sightings.dropped() > 0) {
            examination.gap(
                    sightings.dropped() + " destructive statements beyond the first " + Sightings.MAX,
                    "they are not part of the answer; those that name lost tables were kept first",
                    "narrow the window of the incident, or give a part of the log");
        }
        if (droppedTraces > 0) {
            examination.gap(
                    droppedTraces + " checkpoints, vacuums and other traces beyond the first " + Sightings.MAX,
                    "they can not bound the loss in time",
                    "give the part of the log that covers the loss");
        }
        long withoutStatement = tracker.errorsWithoutStatement();
        if (withoutStatement > 0) {
            examination.gap(
                    "the statements of " + withoutStatement + " errors",
                    "failed deletions can be among them",
                    "ALTER SYSTEM SET log_min_error_statement = 'error'; SELECT pg_reload_conf(); shows the next ones");
        }
    }

    private ServerTrace served(Trace trace) {
        return new ServerTrace(
                trace.kind(),
                trace.place().moment(),
                trace.tables(),
                trace.summary(),
                examination.record(
                        new Observation.ServerFact(trace.summary()),
                        trace.place().moment(),
                        trace.place().provenance()));
    }

    private ObservedStatement observed(Sighting sighting) {
        ObservedStatement.Builder builder = sighting.observed(horizon.showsTransactions());
        // The builder is complete but for the evidence, whose summary needs the rest.
        ObservedStatement draft = builder.evidence(new EvidenceId("draft")).build();
        return builder.evidence(examination.record(
                        new Observation.StatementSeen(
                                sighting.statement().kind(),
                                sighting.statement().tables(),
                                summary(draft)),
                        sighting.moment(),
                        sighting.place().provenance(),
                        sighting.text()))
                .build();
    }

    private static String summary(ObservedStatement statement) {
        String who = Stream.of(
                        statement.user().map(user -> "by " + user),
                        statement.database().map(database -> "in " + database),
                        statement.application().map(application -> "through " + application),
                        statement.client().map(client -> "from " + client),
                        statement.pid().map(pid -> "pid " + pid))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        String end = switch (statement.end()) {
            case COMMITTED -> "committed";
            case ROLLED_BACK -> "rolled back";
            case FAILED ->
                "failed" + statement.sqlState().map(state -> " with " + state).orElse("");
            case UNKNOWN -> "how it ended is not known";
        };
        return statement.statement() + (who.isEmpty() ? "" : " " + who) + ": " + end.toLowerCase(Locale.ROOT);
    }
}
