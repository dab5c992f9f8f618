package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ScriptAutomation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Weighs the acts and the suspects. */
final class Hypotheses {

    static final Comparator<Hypothesis> RANKING = Comparator.comparing(Hypothesis::confidence)
            .reversed()
            .thenComparing(h -> h.suspect().isPresent())
            .thenComparing(h -> h.suspect().map(s -> s.kind().name()).orElse(""))
            .thenComparing(Hypothesis::claim);

    private static final Map<Fate, String> DID =
            Map.of(Fate.TRUNCATED, " wrote the catalog row of ", Fate.DROPPED, " dropped ");

    private final Optional<Circumstance> otherCluster;
    private final List<TableFate> fates;
    private final List<TableFate> hit;
    private final List<TableFate> spared;
    private final List<Act> acts;
    private final List<Suspect> suspects;

    Hypotheses(List<Circumstance> circumstances, List<TableFate> fates, List<Act> acts, List<Suspect> suspects) {
        this.otherCluster = circumstances.stream()
                .filter(c -> c.kind() == Circumstance.Kind.CLUSTER_YOUNGER_THAN_DATA)
                .findFirst();
        this.fates = fates;
        this.hit = fates.stream().filter(f -> f.hit() && !f.ofPartitions()).toList();
        this.spared =
                fates.stream().filter(f -> f.spared() && !f.ofPartitions()).toList();
        this.acts = acts;
        this.suspects = suspects;
    }

    List<Hypothesis> ranked() {
        boolean lost = fates.stream().anyMatch(TableFate::hit);
        List<Hypothesis> all = new ArrayList<>();
        if (!lost) {
            return fates.stream().anyMatch(TableFate::partOfLoss) ? notALoss() : List.of();
        }
        otherCluster.ifPresent(c -> all.add(ofCluster(c)));
        acts.forEach(act -> all.add(ofAct(act)));
        List<List<Argument>> against = suspects.stream().map(this::against).toList();
        long fitting = IntStream.range(0, suspects.size())
                .filter(i -> against.get(i).isEmpty() && !suspects.get(i).indirect())
                .count();
        for (int i = 0; i < suspects.size(); i++) {
            all.add(ofSuspect(suspects.get(i), against.get(i), fitting));
        }
        return all.stream().sorted(RANKING).toList();
    }

    /** What never was in this cluster no statement in it can have removed. */
    private List<Argument> against(Suspect suspect) {
        List<Argument> against = new ArrayList<>(new FootprintMatch(suspect, hit, spared).contradictions());
        otherCluster
                .filter(c -> onlyRecreated())
                .ifPresent(c -> against.add(new Argument(c.claim(), List.of(), suspect.evidence())));
        return against;
    }

    private boolean onlyRecreated() {
        return fates.stream().filter(TableFate::hit).allMatch(f -> f.fate() == Fate.RECREATED);
    }

    private Hypothesis ofCluster(Circumstance circumstance) {
        return Hypothesis.builder()
                .cause(Cause.CLUSTER_RECREATED)
                .claim(circumstance.claim())
                .confidence(onlyRecreated() ? Confidence.LIKELY : Confidence.POSSIBLE)
                .addAllSupporting(fates.stream()
                        .filter(f -> f.hit() && f.fate() == Fate.RECREATED)
                        .map(Hypotheses::grounds)
                        .toList())
                .build();
    }

    private List<Hypothesis> notALoss() {
        List<TableFate> named = fates.stream().filter(TableFate::partOfLoss).toList();
        if (!named.stream().allMatch(Hypotheses::holdsEveryRow)) {
            return List.of();
        }
        return List.of(Hypothesis.builder()
                .cause(Cause.NOT_A_LOSS)
                .claim("every row that was inserted is still there")
                .confidence(
                        named.stream().allMatch(f -> f.ambiguities().isEmpty())
                                ? Confidence.LIKELY
                                : Confidence.POSSIBLE)
                .addAllSupporting(named.stream().map(Hypotheses::grounds).toList())
                .build());
    }

    private static boolean holdsEveryRow(TableFate fate) {
        boolean hidden = fate.fate() == Fate.HIDDEN && fate.ambiguities().isEmpty();
        boolean whole = fate.fate() == Fate.INTACT || fate.fate() == Fate.ROLLED_BACK || fate.fate() == Fate.REWRITTEN;
        return (whole || hidden) && fate.rowsPending().isEmpty();
    }

    private Hypothesis ofAct(Act act) {
        List<TableFate> hit =
                fates.stream().filter(f -> act.explains().contains(f.table())).toList();
        Hypothesis.Builder hypothesis = Hypothesis.builder()
                .cause(cause(act))
                .claim(claim(act))
                .confidence(everyHitExplained(act) ? Confidence.LIKELY : Confidence.POSSIBLE)
                .addAllSupporting(hit.stream().map(Hypotheses::grounds).toList());
        hit.stream()
                .flatMap(f -> f.transaction().stream())
                .distinct()
                .findFirst()
                .ifPresent(t -> {
                    List<TableFate> by = hit.stream()
                            .filter(f -> f.transaction().filter(t::equals).isPresent())
                            .toList();
                    hypothesis.addSupporting(byTransaction(act, t, by));
                    if (by.stream().noneMatch(Hypotheses::dated)) {
                        hypothesis.nextCheck("the write-ahead log of transaction " + t
                                + " holds its commit time (pg_walinspect, or pg_waldump --xid=" + t + ")");
                    }
                });
        return hypothesis.build();
    }

    private static Argument byTransaction(Act act, long transaction, List<TableFate> by) {
        String did = DID.getOrDefault(act.fate(), " deleted rows of ");
        return new Argument(
                "transaction " + transaction + did + numberOf(by.size(), "table"),
                by.stream().map(TableFate::table).toList(),
                by.stream().flatMap(f -> f.evidence().stream()).toList());
    }

    private static boolean dated(TableFate fate) {
        return fate.moment().earliest().isPresent()
                && fate.moment().earliest().equals(fate.moment().latest());
    }

    private boolean everyHitExplained(Act act) {
        return fates.stream()
                .filter(TableFate::hit)
                .allMatch(f -> act.explains().contains(f.table()));
    }

    private static Cause cause(Act act) {
        if (act.schema().isPresent()) {
            return Cause.SCHEMA_RESET;
        }
        if (!act.cascade()) {
            return Cause.DIRECT_STATEMENT;
        }
        return act.fate() == Fate.TRUNCATED ? Cause.TRUNCATE_CASCADE : Cause.FOREIGN_KEY_CASCADE;
    }

    private static String claim(Act act) {
        String also = act.alternatives().isEmpty()
                ? ""
                : " (or " + act.alternatives().stream().map(TableName::toString).collect(Collectors.joining(", "))
                        + ")";
        String did = act.fate() == Fate.DELETED ? " took rows from " : " took all rows of ";
        return act.statement() + also + did + numberOf(act.explains().size(), "table");
    }

    static String numberOf(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static Argument grounds(TableFate fate) {
        return new Argument(
                fate.table() + ": " + String.join("; ", fate.decidedBy()), List.of(fate.table()), fate.evidence());
    }

    private Hypothesis ofSuspect(Suspect suspect, List<Argument> against, long fitting) {
        Hypothesis.Builder hypothesis = Hypothesis.builder()
                .cause(cause(suspect))
                .suspect(suspect)
                .claim(suspect.name())
                .confidence(against.isEmpty() ? confidence(suspect, fitting) : Confidence.RULED_OUT)
                .addAllContradicting(against);
        if (against.isEmpty()) {
            hypothesis.addSupporting(new Argument(
                    "its footprint covers every table that was hit and spares the others",
                    List.of(),
                    suspect.evidence()));
        }
        if (suspect.indirect()) {
            hypothesis.addSupporting(new Argument(
                    "it does not run the statement itself: it writes or defines it", List.of(), suspect.evidence()));
        }
        return hypothesis.build();
    }

    /** Only a statement that was seen ties an act to the loss; a file merely could have done it. */
    private static Confidence confidence(Suspect suspect, long fitting) {
        boolean unique = fitting == 1;
        if (suspect.indirect() || suspect.footprint().dynamic() || !unique) {
            return Confidence.POSSIBLE;
        }
        return suspect.kind() == Suspect.Kind.STATEMENT ? Confidence.CONFIRMED : Confidence.LIKELY;
    }

    private Cause cause(Suspect suspect) {
        Optional<ScriptAutomation.Standing> standing = suspect.automation();
        return switch (suspect.kind()) {
            case MIGRATION_UPGRADE -> Cause.MIGRATION_UPGRADE;
            case MIGRATION_DOWNGRADE -> Cause.MIGRATION_ROLLBACK;
            case STATEMENT ->
                acts.size() == 1 && suspect.alibi().isEmpty() ? cause(acts.get(0)) : Cause.DIRECT_STATEMENT;
            case SCRIPT ->
                standing.filter(s -> s == ScriptAutomation.Standing.RUN_BY_AUTOMATION)
                                .isPresent()
                        ? Cause.AUTOMATED_JOB
                        : Cause.MANUAL_SCRIPT;
        };
    }
}
