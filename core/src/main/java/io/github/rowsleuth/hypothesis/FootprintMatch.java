package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds one suspect against every table that was hit and every table that was spared. */
final class FootprintMatch {

    private final Suspect suspect;
    private final List<TableFate> hit;
    private final List<TableFate> spared;

    /** Of partitioned tables only the partitions count. */
    FootprintMatch(Suspect suspect, List<TableFate> hit, List<TableFate> spared) {
        this.suspect = suspect;
        this.hit = hit;
        this.spared = spared;
    }

    /**
     * What is wrong with it in spite of a transaction that ties it to the loss: then its time is that of another clock.
     *
     * @param tied whether such a transaction is known
     * @param ending when what it did can have ended
     */
    List<Argument> contradictions(boolean tied, Moment ending) {
        Optional<String> cleared = suspect.alibi()
                .or(() -> suspect.footprint().harmless()
                        ? Optional.of("it removes no row of any table")
                        : Optional.empty());
        if (cleared.isPresent()) {
            return List.of(new Argument(cleared.get(), List.of(), suspect.evidence()));
        }
        List<Argument> against = new ArrayList<>();
        if (!tied) {
            untimely(ending).ifPresent(against::add);
        }
        against.addAll(wrongMechanism());
        untouched().ifPresent(against::add);
        against.addAll(survivors());
        return against;
    }

    private Optional<Argument> untimely(Moment ending) {
        return hit.stream()
                .filter(f -> !f.moment().overlaps(ending))
                .findFirst()
                .map(f -> argument(
                        "it ran at " + suspect.moment() + ", and " + f.table() + " was hit " + f.moment(), List.of(f)));
    }

    private Optional<Argument> untouched() {
        List<TableFate> missed = hit.stream()
                .filter(f -> suspect.footprint().of(f.table()).isEmpty())
                .filter(f -> suspect.footprint().unnamed().stream().noneMatch(does -> compatible(does, f)))
                .toList();
        return missed.isEmpty()
                ? Optional.empty()
                : Optional.of(argument(
                        "it never touches " + names(missed) + ", which "
                                + (missed.size() == 1 ? "was hit" : "were hit"),
                        missed));
    }

    private List<Argument> wrongMechanism() {
        List<Argument> against = new ArrayList<>();
        for (TableFate fate : hit) {
            suspect.footprint()
                    .of(fate.table())
                    .filter(mark -> !compatible(mark.fate(), fate))
                    .ifPresent(mark -> against.add(argument(mismatch(mark, fate), List.of(fate))));
        }
        return against;
    }

    private static boolean compatible(Fate done, TableFate fate) {
        return switch (fate.fate()) {
            case TRUNCATED -> done == Fate.TRUNCATED;
            case DELETED, CASCADED -> done == Fate.DELETED || done == Fate.CASCADED;
            case DROPPED, RECREATED -> done == Fate.DROPPED;
            default -> true;
        };
    }

    private static String mismatch(Footprint.Mark mark, TableFate fate) {
        String does = verb(mark.fate()) + " " + fate.table();
        return switch (fate.fate()) {
            case TRUNCATED ->
                "it " + does + ", which counts "
                        + fate.deletesCounted().orElse(0L) + " deletes"
                        + fate.rowsBefore()
                                .map(n -> " where " + n + " rows vanished")
                                .orElse("") + " and has a new file";
            case DELETED, CASCADED -> "it " + does + ", whose rows were deleted one by one from the file it always had";
            default -> "it " + does + ", which was " + fate.fate().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static String verb(Fate fate) {
        return switch (fate) {
            case TRUNCATED -> "truncates";
            case DROPPED -> "drops";
            default -> "deletes from";
        };
    }

    private List<Argument> survivors() {
        List<TableFate> contradicting = spared.stream()
                .filter(f -> suspect.footprint()
                        .of(f.table())
                        .filter(Footprint.Mark::everyRow)
                        .isPresent())
                .toList();
        return contradicting.isEmpty()
                ? List.of()
                : List.of(argument(
                        "it would have emptied " + names(contradicting) + ", which "
                                + (contradicting.size() == 1 ? "is" : "are") + " intact",
                        contradicting));
    }

    private Argument argument(String text, List<TableFate> decided) {
        List<TableName> tables = decided.stream().map(TableFate::table).toList();
        return new Argument(
                text,
                tables,
                decided.stream().flatMap(f -> f.evidence().stream()).toList());
    }

    private static String names(List<TableFate> fates) {
        return fates.stream().map(f -> f.table().toString()).collect(Collectors.joining(", "));
    }
}
