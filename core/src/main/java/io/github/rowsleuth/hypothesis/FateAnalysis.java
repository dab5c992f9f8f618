package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableKind;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.probe.UnknownTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides the fate of every table: first each by itself, then in the light of the others. */
final class FateAnalysis {

    private final CaseFile file;
    private final Optional<Scope> scope;
    private final Optional<DeletionStats> stats;

    FateAnalysis(CaseFile file) {
        this.file = file;
        this.scope = file.answer(Scope.class);
        this.stats = file.answer(DeletionStats.class);
    }

    List<TableFate> fates() {
        List<TableFate> fates = new ArrayList<>();
        scope.ifPresent(s -> s.tables().stream().map(this::fateOf).forEach(fates::add));
        scope.ifPresent(s -> s.unknown().stream().map(FateAnalysis::missing).forEach(fates::add));
        List<TableFate> cascaded = fates.stream().map(f -> cascaded(f, fates)).toList();
        Set<Long> transactions = incidentTransactions(cascaded);
        return cascaded.stream()
                .map(f -> withPart(f, transactions))
                .sorted(Comparator.comparing(TableFate::table))
                .toList();
    }

    private TableFate fateOf(TableScope table) {
        Optional<TableCounters> counters = stats.flatMap(s -> s.of(table.table()));
        TableFate.Builder fate = TableFate.builder().table(table.table()).addAllEvidence(table.evidence());
        if (table.kind() != TableKind.ORDINARY) {
            return fate.fate(Fate.UNKNOWN)
                    .addAmbiguities("the rows of a " + words(table.kind()) + " are not its own")
                    .build();
        }
        if (counters.isEmpty()) {
            return fate.fate(Fate.UNKNOWN).addAmbiguities("it has no counters").build();
        }
        fate.addAllEvidence(counters.get().evidence());
        return new TableVerdict(
                        table,
                        counters.get(),
                        reach(),
                        everyone(),
                        file.incident().names(table.table()))
                .decide(fate);
    }

    private static String words(TableKind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                + (kind == TableKind.PARTITIONED || kind == TableKind.FOREIGN ? " table" : "");
    }

    /** Counters account for every row only from the beginning, and for a loss only if they began before it. */
    private TableVerdict.Reach reach() {
        Optional<Instant> since = stats.flatMap(DeletionStats::validSince);
        if (since.isEmpty()) {
            return TableVerdict.Reach.BEGINNING;
        }
        Optional<Instant> seen = file.incident().window().notBefore();
        return seen.filter(s -> !s.isBefore(since.get())).isPresent()
                ? TableVerdict.Reach.WINDOW
                : TableVerdict.Reach.TOO_SHORT;
    }

    private List<TableScope> everyone() {
        return scope.map(Scope::tables).orElse(List.of());
    }

    private static TableFate missing(UnknownTable unknown) {
        TableFate.Builder fate = TableFate.builder()
                .table(unknown.table())
                .fate(Fate.UNKNOWN)
                .partOfLoss(true)
                .addDecidedBy("no table of that name is in the database");
        String near = unknown.nearNames().stream().map(TableName::toString).collect(Collectors.joining(", "));
        return fate.addAmbiguities(
                        near.isEmpty()
                                ? "dropped, or never there"
                                : "dropped, or the name is mistaken: there is " + near)
                .build();
    }

    /** A child whose parent lost rows by DELETE, under ON DELETE CASCADE, lost its own with it. */
    private TableFate cascaded(TableFate fate, List<TableFate> all) {
        if (fate.fate() != Fate.DELETED || scope.isEmpty()) {
            return fate;
        }
        List<TableName> parents = all.stream()
                .filter(p -> p.fate() == Fate.DELETED && !p.table().equals(fate.table()))
                .map(TableFate::table)
                .filter(p -> scope.get().foreignKeys().deleteClosure(List.of(p)).contains(fate.table()))
                .toList();
        if (parents.isEmpty()) {
            return fate;
        }
        return TableFate.builder()
                .from(fate)
                .fate(Fate.CASCADED)
                .addDecidedBy("a foreign key with ON DELETE CASCADE leads to it from " + parents.get(0)
                        + ", which also lost rows by DELETE")
                .addAmbiguities("a DELETE of this table itself counts the same")
                .build();
    }

    private Set<Long> incidentTransactions(List<TableFate> fates) {
        return fates.stream()
                .filter(f -> f.fate().isLoss() && file.incident().names(f.table()))
                .flatMap(f -> f.transaction().stream())
                .collect(Collectors.toSet());
    }

    private TableFate withPart(TableFate fate, Set<Long> transactions) {
        boolean part = file.incident().names(fate.table())
                || (fate.fate().isLoss()
                        && fate.transaction().filter(transactions::contains).isPresent());
        Moment window = new Moment(
                file.incident().window().notBefore(), file.incident().window().notAfter());
        Moment moment = part && fate.fate().isLoss() ? fate.moment().narrowedBy(window) : fate.moment();
        return TableFate.builder().from(fate).partOfLoss(part).moment(moment).build();
    }
}
