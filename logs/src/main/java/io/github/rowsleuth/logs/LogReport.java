package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.logs.event.Caveat;
import io.github.rowsleuth.logs.event.Sighting;
import io.github.rowsleuth.logs.event.Trace;
import io.github.rowsleuth.logs.horizon.Timeline;
import io.github.rowsleuth.logs.pass.Slice;
import io.github.rowsleuth.logs.record.Place;
import io.github.rowsleuth.logs.time.Zones;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.ServerTrace;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hands in what one sequence of logs holds: the evidence, and what the answer is made of. */
final class LogReport {

    private final Slice slice;
    private final Zones zones;
    private final Examination examination;
    private final Timeline timeline;

    /**
     * A statement of the answer.
     *
     * @param sighting what was seen
     * @param statement the same as a part of the answer, but for its evidence
     */
    record Draft(Sighting sighting, ObservedStatement.Builder statement) {}

    LogReport(Slice slice, Zones zones, Examination examination) {
        this.slice = slice;
        this.zones = zones.and(Zones.named(slice.counts().zones()));
        this.examination = examination;
        this.timeline = slice.horizon().timeline();
    }

    Slice slice() {
        return slice;
    }

    Zones zones() {
        return zones;
    }

    Timeline timeline() {
        return timeline;
    }

    /** {@return the statements, in the order of the log} */
    List<Sighting> sightings() {
        return slice.sightings();
    }

    Moment moment(Place place) {
        return place.stamp().moment(zones);
    }

    private Provenance provenance(Place place) {
        return new Provenance(slice.names().get(place.log()), "line " + place.line());
    }

    /** {@return the statement with its evidence} */
    ObservedStatement observed(Sighting s) {
        boolean shows = timeline.at(s.place()).showsTransactions();
        ObservedStatement.Builder builder = ObservedStatement.builder()
                .statement(s.statement())
                .text(Excerpt.ofSql(s.text()))
                .moment(moment(s.place()))
                .end(s.end().answer(shows))
                .sqlState(s.sqlState())
                .message(s.message())
                .user(s.fact('u'))
                .database(s.fact('d'))
                .application(s.fact('a'))
                .client(s.fact('h').or(() -> s.fact('r').map(LogReport::withoutPort)))
                .pid(number(s.fact('p')))
                .session(Optional.of(s.sessionId()).filter(id -> !id.isEmpty()))
                .transaction(number(s.fact('x')).filter(x -> x > 0))
                .virtualTransaction(s.fact('v').filter(v -> !v.endsWith("/0")))
                .queryId(number(s.fact('Q')).filter(q -> q != 0))
                .duration(s.duration())
                .parameters(s.parameters())
                .within(s.within())
                .rows(s.rows())
                .toldBefore(slice.isToldBefore(s))
                .addAllCaveats(s.caveats().stream().map(Caveat::text).toList());
        // The builder is complete but for the evidence, whose summary needs the rest.
        ObservedStatement draft = builder.evidence(new EvidenceId("draft")).build();
        return builder.evidence(examination.record(
                        new Observation.StatementSeen(
                                s.statement().kind(), s.statement().tables(), summary(draft)),
                        draft.moment(),
                        provenance(s.place()),
                        draft.text()))
                .build();
    }

    private static String withoutPort(String remote) {
        int paren = remote.indexOf('(');
        if (paren > 0) {
            return remote.substring(0, paren);
        }
        int colon = remote.lastIndexOf(':');
        boolean port = colon > 0 && remote.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
        return port ? remote.substring(0, colon) : remote;
    }

    private static Optional<Long> number(Optional<String> digits) {
        try {
            return digits.map(Long::valueOf);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static String summary(ObservedStatement statement) {
        String who = Stream.of(
                        statement.user().map(user -> "by " + user),
                        statement.database().map(database -> "in " + database),
                        statement.application().map(application -> "through " + application),
                        statement.client().map(client -> "from " + client),
                        statement.pid().map(pid -> "pid " + pid),
                        statement.within().map(within -> "within " + within))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        String end = switch (statement.end()) {
            case COMMITTED -> "committed";
            case ROLLED_BACK -> "rolled back";
            case FAILED ->
                "failed" + statement.sqlState().map(state -> " with " + state).orElse("");
            case UNKNOWN -> "how it ended is not known";
        };
        String rows = statement.rows().map(r -> ", " + r + " rows").orElse("");
        return statement.statement() + (who.isEmpty() ? "" : " " + who) + ": " + end.toLowerCase(Locale.ROOT) + rows;
    }

    /** {@return the traces, in the order of time} */
    List<ServerTrace> traces() {
        return slice.traces().stream()
                .sorted(Comparator.comparing((Trace trace) -> moment(trace.place())))
                .map(this::served)
                .toList();
    }

    private ServerTrace served(Trace trace) {
        Moment moment = moment(trace.place());
        return new ServerTrace(
                trace.kind(),
                moment,
                trace.tables(),
                trace.summary(),
                trace.process(),
                trace.transaction(),
                trace.rows(),
                examination.record(new Observation.ServerFact(trace.summary()), moment, provenance(trace.place())));
    }
}
