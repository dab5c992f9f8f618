package io.github.rowsleuth.logs;

import io.github.rowsleuth.logs.event.Ledger;
import io.github.rowsleuth.logs.event.Sighting;
import io.github.rowsleuth.logs.pass.Slice;
import io.github.rowsleuth.logs.source.IncompleteLogException;
import io.github.rowsleuth.logs.source.Note;
import io.github.rowsleuth.logs.time.Zones;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.ServerTrace;
import io.github.rowsleuth.probe.Statements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes the answer from what was found in the sequences of one source, or of several. */
final class Answer {

    private final List<LogReport> reports;
    private final List<Note> notes;
    private final Examination examination;

    Answer(List<Slice> slices, List<Note> notes, Zones zones, Examination examination) {
        this.reports = slices.stream()
                .map(Slice::whole)
                .map(slice -> new LogReport(slice, zones, examination))
                .toList();
        this.notes = notes;
        this.examination = examination;
    }

    /**
     * Hands in the evidence and the gaps.
     *
     * @param resumed whether an earlier reading may have read everything
     * @param source how the source is named
     * @param failure why the first log that broke off did
     * @return the answer
     */
    Statements statements(boolean resumed, String source, Optional<IncompleteLogException> failure)
            throws ProbeUnavailableException {
        Tally tally = new Tally(reports.stream().map(LogReport::slice).toList());
        tally.requireRecords(resumed, source, failure);
        notes.forEach(note -> examination.gap(note.missing(), note.consequence(), note.remedy()));
        tally.report(!notes.isEmpty(), examination);
        reportDropped();
        Clusters clusters = new Clusters();
        List<ObservedStatement> seen = seen(clusters);
        List<ServerTrace> traces =
                Twins.told(reports.stream().map(LogReport::traces).toList());
        traces.sort(Comparator.comparing(ServerTrace::moment));
        return new Statements(
                seen,
                clusters.all(),
                traces,
                Sight.of(reports, examination.incident().window(), examination));
    }

    /** The order of a log is that of its lines, until several logs come together. */
    private List<ObservedStatement> seen(Clusters clusters) {
        List<Twins.Seen> all = new ArrayList<>();
        for (LogReport report : reports) {
            for (Sighting sighting : report.sightings()) {
                all.add(new Twins.Seen(sighting, report));
            }
        }
        List<Twins.Seen> kept = reports.size() == 1 ? all : Twins.once(all);
        List<Twins.Seen> inTime = new ArrayList<>(kept);
        inTime.sort(Comparator.comparing(
                (Twins.Seen s) -> s.report().moment(s.sighting().place())));
        List<ObservedStatement> seen = new ArrayList<>();
        for (Twins.Seen s : inTime) {
            ObservedStatement statement = s.report().observed(s.sighting());
            seen.add(statement);
        }
        for (int i = 0; i < inTime.size(); i++) {
            clusters.add(inTime.get(i).sighting().identity().root(), seen.get(i));
        }
        return seen;
    }

    private void reportDropped() {
        long sightings = 0;
        long traces = 0;
        long withoutStatement = 0;
        for (LogReport report : reports) {
            sightings += report.slice().ledger().droppedSightings();
            traces += report.slice().ledger().droppedTraces();
            withoutStatement += report.slice().ledger().errorsWithoutStatement();
        }
        if (sightings > 0) {
            examination.gap(
                    sightings + " destructive statements beyond the first " + Ledger.MOST,
                    "they are not part of the answer; those that name lost tables were kept first",
                    "narrow the window of the incident, or give a part of the log");
        }
        if (traces > 0) {
            examination.gap(
                    traces + " checkpoints, vacuums and other traces beyond the first " + Ledger.MOST,
                    "they can not bound the loss in time",
                    "give the part of the log that covers the loss");
        }
        if (withoutStatement > 0) {
            examination.gap(
                    "the statements of " + withoutStatement + " errors",
                    "failed deletions can be among them",
                    "ALTER SYSTEM SET log_min_error_statement = 'error'; SELECT pg_reload_conf(); shows the next ones");
        }
    }
}
