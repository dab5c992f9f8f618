package io.github.rowsleuth;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.hypothesis.Act;
import io.github.rowsleuth.hypothesis.Confidence;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.Suspect;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.probe.ScriptAutomation;
import io.github.rowsleuth.probe.Statements;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** The sentences that the summary and the report share. */
final class Story {

    private static final int MOST_TABLES = 12;

    private final Findings findings;

    Story(Findings findings) {
        this.findings = findings;
    }

    String headline() {
        String verdict = findings.verdict().name().replace('_', ' ');
        Optional<Act> act = findings.acts().stream().findFirst();
        if (findings.verdict() == Verdict.NO_LOSS) {
            return verdict + ": every row is accounted for";
        }
        if (act.isEmpty()) {
            return verdict + ": " + withoutAct();
        }
        int hit = (int) lost().stream().filter(f -> !f.ofPartitions()).count();
        if (findings.acts().size() > 1) {
            return verdict + ": " + findings.acts().size() + " acts hit " + hit + " tables";
        }
        String how = act.get().cascade()
                ? act.get().verb() + " … CASCADE"
                : act.get().verb();
        return verdict + ": " + how + " hit " + hit + (hit == 1 ? " table" : " tables");
    }

    private String withoutAct() {
        long pending = findings.fates().stream()
                .filter(TableFate::partOfLoss)
                .mapToLong(f -> f.rowsPending().orElse(0L))
                .sum();
        if (!lost().isEmpty()) {
            String fates = lost().stream().map(f -> f.fate().name()).distinct().collect(Collectors.joining(", "));
            return fates + ", " + lost().size() + (lost().size() == 1 ? " table" : " tables");
        }
        return pending > 0
                ? pending + " rows are deleted and not committed"
                : findings.incident().tables().size() + " table(s) named";
    }

    List<TableFate> lost() {
        return findings.fates().stream().filter(TableFate::hit).toList();
    }

    List<TableFate> intact() {
        return findings.fates().stream()
                .filter(f -> f.spared() && !f.ofPartitions())
                .toList();
    }

    /** The first of the tables; all of them stand in the details. */
    String what() {
        List<TableFate> lost = lost();
        String hit = (lost.isEmpty()
                        ? findings.fates().stream()
                                .filter(TableFate::partOfLoss)
                                .toList()
                        : lost)
                .stream().map(Story::rows).collect(few(" · "));
        String spared = intact().stream()
                .map(f -> f.table() + " " + f.rowsNow().orElse(0L))
                .collect(few(", "));
        return (hit.isEmpty() ? "nothing is known of the tables" : hit)
                + (spared.isEmpty() || lost.isEmpty() ? "" : "; intact: " + spared);
    }

    private static Collector<String, ?, String> few(String separator) {
        return Collectors.collectingAndThen(Collectors.toList(), all -> {
            String first = all.stream().limit(MOST_TABLES).collect(Collectors.joining(separator));
            int more = all.size() - MOST_TABLES;
            return more > 0 ? first + separator + "and " + more + " more" : first;
        });
    }

    private static String rows(TableFate fate) {
        String before = fate.rowsBefore().map(String::valueOf).orElse("?");
        String now = fate.rowsNow().map(String::valueOf).orElse("?");
        long since = fate.insertedSince().orElse(0L);
        return fate.fate().isLoss()
                ? fate.table() + " " + before + " → " + (since > 0 ? "0, then " + since + " inserted" : now)
                : fate.table() + " " + fate.fate() + " " + now;
    }

    Optional<String> when() {
        List<Moment> moments = lost().stream()
                .map(TableFate::moment)
                .filter(m -> !m.equals(Moment.unknown()))
                .toList();
        return moments.stream()
                .reduce(overlap(moments) ? Moment::narrowedBy : Story::span)
                .map(Moment::toString);
    }

    private static boolean overlap(List<Moment> moments) {
        Optional<Instant> lastBegin =
                moments.stream().flatMap(m -> m.earliest().stream()).max(Instant::compareTo);
        Optional<Instant> firstEnd =
                moments.stream().flatMap(m -> m.latest().stream()).min(Instant::compareTo);
        return lastBegin.isEmpty() || firstEnd.isEmpty() || !lastBegin.get().isAfter(firstEnd.get());
    }

    /** From the first loss to the last. */
    private static Moment span(Moment a, Moment b) {
        return new Moment(
                a.earliest().flatMap(x -> b.earliest().map(y -> x.isBefore(y) ? x : y)),
                a.latest().flatMap(x -> b.latest().map(y -> x.isAfter(y) ? x : y)));
    }

    Optional<Hypothesis> best() {
        return findings.hypotheses().stream()
                .filter(h -> h.confidence().compareTo(Confidence.LIKELY) >= 0)
                .findFirst();
    }

    /** The best explanation; where there is none at least what the tables show, whoever did it. */
    List<Hypothesis> how() {
        return best().map(List::of)
                .orElseGet(() -> findings.hypotheses().stream()
                        .filter(h -> h.confidence() == Confidence.POSSIBLE
                                && h.suspect().isEmpty()
                                && !h.supporting().isEmpty())
                        .toList());
    }

    List<Hypothesis> ofConfidence(Confidence... confidences) {
        return findings.hypotheses().stream()
                .filter(h -> List.of(confidences).contains(h.confidence()))
                .toList();
    }

    static String standing(ScriptAutomation.Standing standing) {
        return switch (standing) {
            case RUN_BY_AUTOMATION -> "run by automation";
            case ON_DEMAND -> "run by commands that a person types, and by no automation found";
            case DISABLED -> "its automation is disabled";
            case MENTIONED -> "mentioned but run by no automation found";
            case NOT_FOUND -> "run by no automation found";
        };
    }

    /** Whom the evidence names; nobody, unless a suspect fits every table and something ties it to the loss. */
    String by() {
        Optional<Suspect> actor = findings.hypotheses().stream()
                .filter(h -> h.confidence().compareTo(Confidence.LIKELY) >= 0)
                .flatMap(h -> h.suspect().stream())
                .findFirst();
        if (actor.isPresent()) {
            return actor.get().name()
                    + actor.get().actor().map(a -> " (" + a + ")").orElse("");
        }
        String blind = findings.answers(Statements.class).stream()
                .map(s -> s.visibility().reason())
                .collect(Collectors.joining("; "));
        return "unknown" + (blind.isEmpty() ? "" : ". " + blind);
    }
}
