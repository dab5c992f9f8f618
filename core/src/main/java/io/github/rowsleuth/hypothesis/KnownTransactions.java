package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.server.ServerActivity;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.PageRemovals;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TransactionEnd;
import io.github.rowsleuth.transaction.TransactionJoin;
import io.github.rowsleuth.transaction.TransactionSource;
import io.github.rowsleuth.transaction.WalTransactions;
import io.github.rowsleuth.transaction.XidClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Joins the transactions of all sources, and puts those of the incident first. */
final class KnownTransactions {

    private final CaseFile file;
    private final Optional<Scope> scope;
    private final XidClock clock;
    private final List<RemovingTransaction> ranked;

    KnownTransactions(CaseFile file) {
        this.file = file;
        this.scope = file.answer(Scope.class);
        List<TransactionSource> sources = sources();
        this.clock =
                XidClock.of(sources.stream().flatMap(s -> s.anchors().stream()).toList());
        this.ranked = ranked(TransactionJoin.of(sources, clock, removals()));
    }

    List<RemovingTransaction> ranked() {
        return ranked;
    }

    /** What dates transactions that no source dates. */
    XidClock clock() {
        return clock;
    }

    private List<RemovingTransaction> ranked(List<RemovingTransaction> joined) {
        Set<TableName> renewed = renewed();
        return joined.stream()
                .filter(t -> telling(t, renewed))
                .sorted(Comparator.comparingInt(this::rank).thenComparingLong(RemovingTransaction::xid))
                .toList();
    }

    /** The log and the pages show what was done; the catalogs only that something was. */
    private List<TransactionSource> sources() {
        List<TransactionSource> given = file.answers(TransactionSource.class);
        List<TransactionSource> sources = new ArrayList<>();
        FirstFiles names = new FirstFiles(scope.map(Scope::tables).orElse(List.of()));
        file.answers(WalTransactions.class).forEach(log -> sources.add(names.named(log)));
        given.stream().filter(DeadRows.class::isInstance).forEach(sources::add);
        given.stream()
                .filter(s -> !(s instanceof WalTransactions) && !(s instanceof DeadRows))
                .forEach(sources::add);
        file.answers(ServerActivity.class).forEach(a -> sources.add(ActivityTransactions.of(a)));
        scope.ifPresent(s -> sources.add(CatalogTransactions.of(s)));
        return sources;
    }

    private Map<TableName, PageRemovals> removals() {
        Optional<DeletionStats> stats = file.answer(DeletionStats.class);
        Map<TableName, Optional<Instant>> vacuums = new HashMap<>();
        stats.ifPresent(s -> s.tables().forEach(c -> vacuums.put(c.table(), c.vacuumed())));
        Map<TableName, PageRemovals> removals = new HashMap<>();
        for (TableScope table : scope.map(Scope::tables).orElse(List.of())) {
            Optional<Instant> known = vacuums.containsKey(table.table())
                    ? stats.flatMap(DeletionStats::validSince)
                    : Optional.of(Instant.MAX);
            removals.put(
                    table.table(),
                    new PageRemovals(
                            vacuums.getOrDefault(table.table(), Optional.empty()),
                            known,
                            table.catalogTransaction().filter(x -> table.newFile())));
        }
        return removals;
    }

    private Set<TableName> renewed() {
        Set<TableName> renewed = new HashSet<>();
        scope.ifPresent(s -> s.tables().stream().filter(TableScope::newFile).forEach(t -> renewed.add(t.table())));
        return renewed;
    }

    /** Every table has a transaction that wrote its catalog row last; most of them merely created it. */
    private boolean telling(RemovingTransaction transaction, Set<TableName> renewed) {
        return transaction.effects().stream()
                .anyMatch(e -> e.kind().removes()
                        || e.kind() == TableEffect.Kind.REWRITTEN
                        || (e.kind() == TableEffect.Kind.ALTERED
                                && e.table().filter(renewed::contains).isPresent())
                        || (e.kind() == TableEffect.Kind.ALTERED && names(e)));
    }

    private boolean names(RemovingTransaction.Effect effect) {
        Incident incident = file.incident();
        return effect.table().filter(incident::names).isPresent();
    }

    private int rank(RemovingTransaction transaction) {
        boolean removes = transaction.effects().stream().anyMatch(e -> e.kind().removes() && names(e));
        boolean touches = transaction.effects().stream().anyMatch(this::names);
        int place = removes ? 0 : touches ? 1 : 2;
        return 2 * place + (transaction.end() == TransactionEnd.ABORTED ? 1 : 0);
    }
}
