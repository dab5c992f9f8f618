package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.SequenceState;
import io.github.rowsleuth.probe.TableKind;
import io.github.rowsleuth.probe.TableScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides over partitioned tables: they have no rows and no counters of their own, only those of their partitions. */
final class Partitions {

    /** The gravest first. */
    private static final List<Fate> GRAVITY = List.of(
            Fate.TRUNCATED,
            Fate.DELETED,
            Fate.CASCADED,
            Fate.RECREATED,
            Fate.LOST_IN_CRASH,
            Fate.DROPPED,
            Fate.DETACHED,
            Fate.UNKNOWN,
            Fate.HIDDEN,
            Fate.ROLLED_BACK,
            Fate.REWRITTEN,
            Fate.INTACT);

    private static final String FORGOTTEN =
            "a partition was dropped: it takes its rows and its counters along, and the catalogs forget it";

    private final Map<TableName, TableScope> tables = new LinkedHashMap<>();
    private final Map<TableName, List<TableName>> below = new HashMap<>();
    private final Map<TableName, TableFate> fates = new LinkedHashMap<>();

    private final boolean noneForgotten;
    private final Predicate<TableName> namedItself;

    /**
     * Nothing is decided yet.
     *
     * @param noneForgotten whether a partition that was dropped would be known
     * @param namedItself whether the incident names a table, and not only the one it is a partition of
     */
    Partitions(
            List<TableScope> all,
            List<TableFate> decided,
            DroppedPartitions dropped,
            boolean noneForgotten,
            Predicate<TableName> namedItself) {
        this.namedItself = namedItself;
        this.noneForgotten = noneForgotten;
        for (TableScope table : all) {
            tables.put(table.table(), table);
            table.partitionOf().ifPresent(up -> put(up, table.table()));
        }
        decided.forEach(f -> fates.put(f.table(), f));
        for (TableFate fate : dropped.fates()) {
            dropped.parent(fate.table()).ifPresent(up -> put(up, fate.table()));
            fates.put(fate.table(), fate);
        }
    }

    private void put(TableName parent, TableName partition) {
        below.computeIfAbsent(parent, u -> new ArrayList<>()).add(partition);
    }

    /** The fates of all tables, those of partitioned ones added. */
    List<TableFate> decided() {
        tables.values().stream().filter(Partitions::partitioned).forEach(this::acquitMoves);
        tables.values().stream().filter(Partitions::partitioned).forEach(this::acquitNew);
        List<TableFate> sums = tables.values().stream()
                .filter(Partitions::partitioned)
                .map(this::sum)
                .toList();
        return Stream.concat(fates.values().stream(), sums.stream()).toList();
    }

    private static boolean partitioned(TableScope table) {
        return table.kind() == TableKind.PARTITIONED;
    }

    private List<TableFate> leaves(TableName table) {
        return below.getOrDefault(table, List.of()).stream()
                .flatMap(t -> fates.containsKey(t) ? Stream.of(fates.get(t)) : leaves(t).stream())
                .toList();
    }

    private static Optional<Long> sum(List<TableFate> leaves, Function<TableFate, Optional<Long>> rows) {
        return leaves.stream().allMatch(f -> rows.apply(f).isPresent())
                ? Optional.of(
                        leaves.stream().mapToLong(f -> rows.apply(f).orElse(0L)).sum())
                : Optional.empty();
    }

    /** Where as many rows live in all partitions as the sequence ever gave out, what one counts as deleted only moved. */
    private void acquitMoves(TableScope table) {
        List<TableFate> leaves = leaves(table.table());
        Optional<SequenceState> full = sum(present(leaves), TableFate::rowsNow)
                .flatMap(now -> table.sequences().stream()
                        .filter(s -> Remarks.given(s) > 0 && now >= Remarks.given(s))
                        .findFirst());
        full.ifPresent(sequence -> leaves.stream()
                .filter(f -> f.fate() == Fate.DELETED && f.transactions().isEmpty())
                .forEach(f -> fates.put(f.table(), moved(f, table.table(), sequence))));
    }

    /** Partitions are made before rows come into them; where others hold rows, or held some, a new one lacks nothing. */
    private void acquitNew(TableScope table) {
        List<TableFate> leaves = leaves(table.table());
        if (leaves.stream().anyMatch(Partitions::filledOnce)) {
            leaves.stream()
                    .filter(f -> f.fate() == Fate.RECREATED && f.transactions().isEmpty())
                    .filter(f -> f.rowsNow().filter(n -> n == 0).isPresent() && !namedItself.test(f.table()))
                    .forEach(f -> fates.put(f.table(), stillEmpty(f)));
        }
    }

    private static boolean filledOnce(TableFate leaf) {
        boolean made = leaf.fate() == Fate.RECREATED || leaf.fate() == Fate.UNKNOWN;
        return !made
                && (leaf.fate().isLoss() || leaf.rowsNow().filter(n -> n > 0).isPresent());
    }

    private static TableFate stillEmpty(TableFate leaf) {
        return TableFate.builder()
                .from(leaf)
                .fate(Fate.INTACT)
                .transaction(Optional.empty())
                .insertedSince(Optional.empty())
                .moment(Moment.unknown())
                .ambiguities(List.of())
                .decidedBy(List.of("it holds no row, and other partitions hold some, or did"))
                .build();
    }

    private static TableFate moved(TableFate leaf, TableName table, SequenceState sequence) {
        return TableFate.builder()
                .from(leaf)
                .fate(Fate.INTACT)
                .rowsBefore(Optional.empty())
                .rowsBeforeBy(Optional.empty())
                .ambiguities(List.of("rows were deleted, and others inserted with values that are not of the sequence"))
                .addDecidedBy("all partitions of " + table + " together hold as many rows as its sequence "
                        + sequence.name() + " ever gave out: the rows moved to another partition")
                .build();
    }

    private TableFate sum(TableScope table) {
        List<TableFate> leaves = leaves(table.table());
        TableFate.Builder fate = TableFate.builder()
                .table(table.table())
                .ofPartitions(true)
                .addAllEvidence(table.evidence())
                .rowsNow(sum(present(leaves), TableFate::rowsNow))
                .rowsNowBy("its partitions");
        Optional<TableScope> former = former(table.table());
        Fate gravest = GRAVITY.stream()
                .filter(g -> leaves.stream().anyMatch(f -> f.fate() == g))
                .findFirst()
                .orElse(Fate.UNKNOWN);
        if (former.isPresent() && !gravest.isLoss()) {
            return detached(fate, former.get()).build();
        }
        if (leaves.isEmpty()) {
            return fate.fate(Fate.UNKNOWN)
                    .addDecidedBy("it has no partition, and so no row")
                    .addAmbiguities("its partitions were dropped or detached, or it never had one")
                    .build();
        }
        if (!gravest.isLoss() && !noneForgotten) {
            fate.addAmbiguities(FORGOTTEN);
        }
        return summedUp(fate.fate(gravest), gravest, leaves).build();
    }

    private static List<TableFate> present(List<TableFate> leaves) {
        return leaves.stream().filter(f -> f.fate() != Fate.DROPPED).toList();
    }

    private static TableFate.Builder summedUp(TableFate.Builder fate, Fate gravest, List<TableFate> leaves) {
        List<TableFate> telling =
                leaves.stream().filter(f -> f.fate() == gravest).toList();
        List<Long> transactions = telling.stream()
                .flatMap(f -> Stream.concat(f.transaction().stream(), f.transactions().stream()))
                .distinct()
                .sorted()
                .toList();
        sum(leaves, TableFate::rowsBefore).ifPresent(n -> fate.rowsBefore(n).rowsBeforeBy("its partitions"));
        telling.stream()
                .map(TableFate::moment)
                .reduce((a, b) -> a.narrowedBy(b))
                .filter(m -> transactions.size() == 1)
                .ifPresent(fate::moment);
        return fate.transaction(telling.get(0).transaction())
                .transactions(gravest.isLoss() ? transactions : List.of())
                .deletesCounted(sum(leaves, TableFate::deletesCounted))
                .addDecidedBy(telling.size() + " of its " + leaves.size() + " partitions: " + gravest + " "
                        + telling.stream().map(f -> f.table().toString()).collect(Collectors.joining(", ")))
                .addAllAmbiguities(telling.stream()
                        .flatMap(f -> f.ambiguities().stream())
                        .distinct()
                        .toList());
    }

    private Optional<TableScope> former(TableName table) {
        return tables.values().stream()
                .filter(t -> Detachment.former(t).filter(table::equals).isPresent())
                .findFirst();
    }

    private TableFate.Builder detached(TableFate.Builder fate, TableScope former) {
        String rows = Optional.ofNullable(fates.get(former.table()))
                .flatMap(TableFate::rowsNow)
                .map(n -> "; " + n + " rows are in it")
                .orElse("");
        return fate.fate(Fate.HIDDEN)
                .addAllEvidence(former.evidence())
                .addDecidedBy(former.table() + " resembles its partitions and is none: it was detached in transaction "
                        + former.catalogTransaction().orElse(0L) + rows)
                .addAmbiguities("it never was a partition, and something else altered it");
    }
}
