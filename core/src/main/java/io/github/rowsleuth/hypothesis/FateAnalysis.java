package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableKind;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TablePages;
import io.github.rowsleuth.transaction.XidClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides the fate of every table: first each by itself, then in the light of the others. */
final class FateAnalysis {

    private final CaseFile file;
    private final XidClock clock;
    private final List<RemovingTransaction> transactions;
    private final List<Circumstance> circumstances;
    private final Optional<Scope> scope;
    private final Map<TableName, TableScope> tables = new HashMap<>();
    private final Map<TableName, CounterAccount> accounts = new HashMap<>();
    private final Map<TableName, TablePages> pages = new HashMap<>();
    private final Map<TableName, List<Touch>> touching = new HashMap<>();
    private final DroppedPartitions dropped;

    FateAnalysis(CaseFile file, KnownTransactions known, List<Circumstance> circumstances) {
        this.file = file;
        this.clock = known.clock();
        this.transactions = known.ranked();
        this.circumstances = circumstances;
        this.scope = file.answer(Scope.class);
        everyTable().forEach(t -> tables.put(t.table(), t));
        file.answers(DeadRows.class).forEach(d -> d.pages().forEach(p -> pages.putIfAbsent(p.table(), p)));
        file.answer(DeletionStats.class).ifPresent(this::count);
        transactions.stream()
                .sorted(Comparator.comparingLong(RemovingTransaction::xid))
                .forEach(this::index);
        this.dropped = new DroppedPartitions(everyTable(), transactions);
    }

    private List<TableScope> everyTable() {
        return scope.map(Scope::tables).orElse(List.of());
    }

    private void count(DeletionStats stats) {
        Optional<DatabaseIdentity> identity = scope.map(Scope::database);
        CounterReaches reaches = new CounterReaches(stats, file.incident().window(), identity);
        for (TableCounters counters : stats.tables()) {
            TableScope table = tables.get(counters.table());
            if (table != null) {
                Optional<Long> onPages = Optional.ofNullable(pages.get(counters.table()))
                        .filter(TableEvidence::exact)
                        .map(TablePages::live);
                accounts.put(counters.table(), new CounterAccount(counters, table, reaches.of(counters), onPages));
            }
        }
    }

    private void index(RemovingTransaction transaction) {
        Map<TableName, List<RemovingTransaction.Effect>> byTable = new HashMap<>();
        transaction
                .effects()
                .forEach(e -> e.table()
                        .ifPresent(t -> byTable.computeIfAbsent(t, n -> new ArrayList<>())
                                .add(e)));
        byTable.forEach((table, effects) ->
                touching.computeIfAbsent(table, n -> new ArrayList<>()).add(new Touch(transaction, effects)));
    }

    List<TableFate> fates() {
        World world = new World(file, circumstances, clock, rows(), dropped.allNamed());
        List<TableFate> own = everyTable().stream()
                .filter(t -> t.kind() != TableKind.PARTITIONED)
                .map(t -> FateRules.fate(evidence(t, world)))
                .toList();
        List<TableFate> present =
                new Partitions(everyTable(), own, dropped, world.wouldShowDrop(), file.incident()::names).decided();
        List<TableFate> all = Gone.withTheirSchemas(
                Stream.concat(present.stream(), missing(world, present)).toList(), world);
        Closures closures = Closures.of(scope);
        Cascades cascades = new Cascades(closures, all);
        List<TableFate> cascaded = all.stream().map(cascades::cascaded).toList();
        Set<Long> hitting = incidentTransactions(cascaded);
        Set<TableName> above = CommonParents.of(
                closures, cascaded, cascaded.stream().filter(this::named).toList());
        return cascaded.stream()
                .map(f -> withPart(f, hitting, above))
                .sorted(Comparator.comparing(TableFate::table))
                .toList();
    }

    private Stream<TableFate> missing(World world, List<TableFate> present) {
        Map<TableName, TableFate> fates = new HashMap<>();
        present.forEach(f -> fates.put(f.table(), f));
        return scope.stream()
                .flatMap(s -> s.unknown().stream())
                .filter(u -> !dropped.include(u.table()))
                .map(u -> new MissingTable(u, everyTable(), transactions, world, fates).fate());
    }

    private Map<TableName, Long> rows() {
        Map<TableName, Long> rows = new HashMap<>();
        accounts.forEach((table, account) -> account.rows().ifPresent(n -> rows.put(table, n)));
        pages.values().stream().filter(TableEvidence::exact).forEach(p -> rows.put(p.table(), p.live()));
        return rows;
    }

    private TableEvidence evidence(TableScope table, World world) {
        return new TableEvidence(
                table,
                Optional.ofNullable(accounts.get(table.table())),
                Optional.ofNullable(pages.get(table.table())),
                touching.getOrDefault(table.table(), List.of()),
                named(table),
                world);
    }

    /** A partition is named with the table it belongs to, or belonged to. */
    private boolean named(TableScope table) {
        Incident incident = file.incident();
        if (incident.names(table.table())
                || Detachment.former(table).filter(incident::names).isPresent()) {
            return true;
        }
        Optional<TableScope> up = table.partitionOf().map(tables::get);
        return up.filter(this::named).isPresent();
    }

    private boolean named(TableFate fate) {
        Optional<TableScope> table = Optional.ofNullable(tables.get(fate.table()))
                .or(() -> dropped.parent(fate.table()).map(tables::get));
        return file.incident().names(fate.table()) || table.filter(this::named).isPresent();
    }

    private Set<Long> incidentTransactions(List<TableFate> fates) {
        Set<Long> hitting = new HashSet<>();
        fates.stream().filter(f -> f.fate().isLoss() && named(f)).forEach(f -> {
            f.transaction().ifPresent(hitting::add);
            hitting.addAll(f.transactions());
        });
        return hitting;
    }

    private TableFate withPart(TableFate fate, Set<Long> hitting, Set<TableName> above) {
        boolean together = fate.transaction().filter(hitting::contains).isPresent()
                || fate.transactions().stream().anyMatch(hitting::contains);
        boolean part = named(fate)
                || above.contains(fate.table())
                || (fate.fate().isLoss() && together && !VersionTable.is(fate.table()));
        Moment window = new Moment(
                file.incident().window().notBefore(), file.incident().window().notAfter());
        Moment moment = part && fate.fate().isLoss() ? fate.moment().narrowedBy(window) : fate.moment();
        return TableFate.builder().from(fate).partOfLoss(part).moment(moment).build();
    }
}
