package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Claims what follows from tables and server alone, whoever did it. */
final class Hypotheses {

    private static final Map<Fate, String> DID =
            Map.of(Fate.TRUNCATED, " wrote the catalog row of ", Fate.DROPPED, " dropped ");

    private final List<Circumstance> circumstances;
    private final List<TableFate> fates;
    private final List<TableFate> hit;
    private final List<Act> acts;
    private final Optional<NewVolume> volume;

    Hypotheses(List<Circumstance> circumstances, List<TableFate> fates, List<Act> acts, Optional<NewVolume> volume) {
        this.volume = volume;
        this.circumstances = circumstances;
        this.fates = fates;
        this.hit = fates.stream().filter(f -> f.hit() && !f.ofPartitions()).toList();
        this.acts = acts;
    }

    /** What is claimed of the tables and the server without accusing anybody. */
    List<Hypothesis> ofAny() {
        List<Hypothesis> all = new ArrayList<>();
        circumstance(Circumstance.Kind.RESTORED_OR_PROMOTED).ifPresent(c -> all.add(ofRestore(c)));
        if (hit.isEmpty()) {
            if (fates.stream().anyMatch(TableFate::partOfLoss)) {
                all.addAll(notALoss());
            }
            return all;
        }
        circumstance(Circumstance.Kind.CLUSTER_YOUNGER_THAN_DATA).ifPresent(c -> all.add(ofYoungCluster(c)));
        circumstance(Circumstance.Kind.DATABASE_YOUNGER_THAN_DATA).ifPresent(c -> all.add(ofDatabase(c)));
        acts.forEach(act -> all.add(ofAct(act)));
        ofCrash().ifPresent(all::add);
        ofDetachment().ifPresent(all::add);
        return all;
    }

    private Optional<Circumstance> circumstance(Circumstance.Kind kind) {
        return circumstances.stream().filter(c -> c.kind() == kind).findFirst();
    }

    private boolean all(Fate fate) {
        return hit.stream().allMatch(f -> f.fate() == fate);
    }

    private List<Argument> grounds(Fate fate) {
        return hit.stream()
                .filter(f -> f.fate() == fate)
                .map(Hypotheses::grounds)
                .toList();
    }

    private Hypothesis ofYoungCluster(Circumstance circumstance) {
        Hypothesis.Builder hypothesis = Hypothesis.builder()
                .cause(Cause.CLUSTER_RECREATED)
                .claim(circumstance.claim())
                .confidence(all(Fate.RECREATED) ? Confidence.LIKELY : Confidence.POSSIBLE)
                .addAllSupporting(grounds(Fate.RECREATED))
                .nextCheck("look for the directory or volume that the server used before: its rows may be whole");
        volume.ifPresent(v -> {
            hypothesis.addSupporting(v.argument()).nextCheck(v.check());
            if (v.untouched()) {
                hypothesis.cause(Cause.NOT_A_LOSS).claim(v.claim());
            }
        });
        return hypothesis.build();
    }

    /** On a server with other databases the rows may be whole in one of these. */
    private Hypothesis ofDatabase(Circumstance circumstance) {
        return Hypothesis.builder()
                .cause(Cause.SCHEMA_RESET)
                .claim(circumstance.claim())
                .confidence(all(Fate.RECREATED) ? Confidence.LIKELY : Confidence.POSSIBLE)
                .addAllSupporting(grounds(Fate.RECREATED))
                .nextCheck("look into the other databases of the server for these tables")
                .build();
    }

    /** A restore to a point in time and the promotion of a standby leave the same traces. */
    private static Hypothesis ofRestore(Circumstance circumstance) {
        return Hypothesis.builder()
                .cause(Cause.RESTORED_OLD_BACKUP)
                .claim(circumstance.claim())
                .confidence(Confidence.POSSIBLE)
                .nextCheck("the history file of the timeline (pg_wal/*.history) tells when and where it branched off")
                .build();
    }

    private Optional<Hypothesis> ofCrash() {
        List<Argument> grounds = grounds(Fate.LOST_IN_CRASH);
        return grounds.isEmpty()
                ? Optional.empty()
                : Optional.of(Hypothesis.builder()
                        .cause(Cause.SERVER_CRASH)
                        .claim("the recovery from a crash emptied " + numberOf(grounds.size(), "unlogged table"))
                        .confidence(Confidence.LIKELY)
                        .addAllSupporting(grounds)
                        .build());
    }

    private Optional<Hypothesis> ofDetachment() {
        List<Argument> grounds = grounds(Fate.DETACHED);
        return grounds.isEmpty()
                ? Optional.empty()
                : Optional.of(Hypothesis.builder()
                        .cause(Cause.NOT_A_LOSS)
                        .claim("the rows are still in " + numberOf(grounds.size(), "table")
                                + " that the partitioned table lets go")
                        .confidence(Confidence.LIKELY)
                        .addAllSupporting(grounds)
                        .build());
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
                .confidence(confidence(act))
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

    /** That rows were deleted explains nothing as long as nobody is known who did it; that others went along does. */
    private Confidence confidence(Act act) {
        boolean everyHitExplained = hit.stream()
                .allMatch(f -> acts.stream().anyMatch(a -> a.explains().contains(f.table())));
        return everyHitExplained && cause(act) != Cause.DIRECT_STATEMENT ? Confidence.LIKELY : Confidence.POSSIBLE;
    }

    static Cause cause(Act act) {
        if (act.schema().isPresent()
                || (act.fate() == Fate.RECREATED && act.roots().size() > 1)) {
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

    static String numberOf(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static Argument grounds(TableFate fate) {
        return new Argument(
                fate.table() + ": " + String.join("; ", fate.decidedBy()), List.of(fate.table()), fate.evidence());
    }
}
