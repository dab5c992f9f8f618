package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.logs.event.Sighting;
import io.github.rowsleuth.probe.ServerTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds statements that one server wrote twice, into logs of different formats, and keeps the one that says more. */
final class Twins {

    private Twins() {}

    /**
     * A statement, and the log that it is from.
     *
     * @param sighting the statement
     * @param report the log
     */
    record Seen(Sighting sighting, LogReport report) {

        private Moment moment() {
            return report.moment(sighting.place());
        }

        private List<Object> key() {
            return List.of(
                    sighting.fact('p'),
                    sighting.statement().kind(),
                    sighting.statement().objects(),
                    sighting.text());
        }

        private int says() {
            int says = 0;
            for (char letter : "udahxvQ".toCharArray()) {
                says += sighting.fact(letter).isPresent() ? 1 : 0;
            }
            return says;
        }
    }

    /** {@return every statement once} */
    static List<Seen> once(List<Seen> all) {
        Map<List<Object>, List<Seen>> byKey = new HashMap<>();
        List<Seen> kept = new ArrayList<>();
        for (Seen seen : all) {
            List<Seen> same = byKey.computeIfAbsent(seen.key(), k -> new ArrayList<>());
            Seen twin = same.stream()
                    .filter(other ->
                            other.report != seen.report && other.moment().overlaps(seen.moment()))
                    .findFirst()
                    .orElse(null);
            if (twin == null) {
                same.add(seen);
                kept.add(seen);
            } else {
                same.remove(twin);
                if (seen.says() > twin.says()) {
                    kept.set(kept.indexOf(twin), seen);
                }
            }
        }
        return kept;
    }

    /** {@return every trace once, for those that several logs hold} */
    static List<ServerTrace> told(List<List<ServerTrace>> byLog) {
        List<ServerTrace> kept = new ArrayList<>();
        Map<List<Object>, List<Moment>> told = new HashMap<>();
        for (List<ServerTrace> traces : byLog) {
            Map<List<Object>, List<Moment>> here = new HashMap<>();
            for (ServerTrace trace : traces) {
                List<Object> key = List.of(trace.kind(), trace.summary());
                List<Moment> others = told.getOrDefault(key, List.of());
                if (others.stream().noneMatch(trace.moment()::overlaps)) {
                    kept.add(trace);
                    here.computeIfAbsent(key, k -> new ArrayList<>()).add(trace.moment());
                }
            }
            here.forEach((key, moments) ->
                    told.computeIfAbsent(key, k -> new ArrayList<>()).addAll(moments));
        }
        return kept;
    }
}
