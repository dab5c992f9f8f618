package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.ForeignKey;
import io.github.rowsleuth.probe.ForeignKeys;
import io.github.rowsleuth.probe.ProbeNotes;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableKind;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.probe.UnknownTable;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TablePages;
import io.github.rowsleuth.transaction.WalTransactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Composes what probes answer about a server, in the terms of the truth table of losses. */
public final class Server {

    private static final Instant ANALYZED = Instant.parse("2026-01-01T00:00:00Z");
    private static final ProbeNotes NOTES = new ProbeNotes(List.of(), List.of(), Optional.empty());

    private final Map<TableName, TableScope> tables = new LinkedHashMap<>();
    private final Map<TableName, TableCounters> counters = new LinkedHashMap<>();
    private final List<TablePages> pages = new ArrayList<>();
    private final List<ObservedTransaction> onPages = new ArrayList<>();
    private final List<ObservedTransaction> inLog = new ArrayList<>();
    private final List<ForeignKey> keys = new ArrayList<>();
    private final List<UnknownTable> unknown = new ArrayList<>();
    private final List<ProbeOutcome<?>> more = new ArrayList<>();
    private Optional<Coverage> logCoverage = Optional.empty();
    private Optional<Instant> validSince = Optional.empty();
    private Optional<Instant> discarded = Optional.empty();
    private TimeWindow window = TimeWindow.UNKNOWN;
    private UnaryOperator<DatabaseIdentity.Builder> identity = i -> i;

    /** A table with its first file that was never maintained; every insertion committed. */
    public Server table(String name, long inserted, long deleted, long live) {
        return add(name, inserted, deleted, live, live, inserted, 500, 0);
    }

    /** A table with a new file that neither vacuum nor analyze has seen. */
    public Server newFile(String name, long inserted, long deleted, long live, long transaction) {
        return add(name, inserted, deleted, live, -1, live, transaction, 1);
    }

    /** A table that was rewritten and analyzed. */
    Server rewritten(String name, long inserted, long deleted, long live) {
        add(name, inserted, deleted, live, live, 0, 600, 1);
        return counters(name, c -> c.lastAnalyze(ANALYZED).modifiedSinceAnalyze(0));
    }

    /** A partitioned table, which has neither file nor counters. */
    Server partitioned(String name) {
        add(name, 0, 0, 0, -1, 0, 500, 0);
        counters.remove(TableName.parse(name));
        return scope(name, s -> s.kind(TableKind.PARTITIONED).filenode(0));
    }

    Server partitionOf(String parent, String name) {
        return scope(name, s -> s.partitionOf(TableName.parse(parent)));
    }

    private Server add(
            String name, long ins, long del, long live, long estimate, long since, long transaction, long shift) {
        long oid = 16_384L + tables.size() * 10L;
        TableName table = TableName.parse(name);
        tables.put(
                table,
                TableScope.builder()
                        .table(table)
                        .oid(oid)
                        .filenode(oid + shift)
                        .estimatedRows((double) estimate)
                        .estimatedPages(estimate > 0 ? 1 : 0)
                        .catalogTransaction(transaction)
                        .creationTransaction(500L + tables.size())
                        .build());
        counters.put(
                table,
                TableCounters.builder()
                        .table(table)
                        .inserted(ins)
                        .updated(0)
                        .deleted(del)
                        .live(live)
                        .dead(0)
                        .modifiedSinceAnalyze(2 * ins - live)
                        .insertedSinceVacuum(since)
                        .build());
        return this;
    }

    /** Changes what the catalogs say of a table. */
    public Server scope(String name, UnaryOperator<TableScope.Builder> change) {
        tables.computeIfPresent(
                TableName.parse(name),
                (n, s) -> change.apply(TableScope.builder().from(s)).build());
        return this;
    }

    /** Changes what was counted of a table. */
    public Server counters(String name, UnaryOperator<TableCounters.Builder> change) {
        counters.computeIfPresent(
                TableName.parse(name),
                (n, c) -> change.apply(TableCounters.builder().from(c)).build());
        return this;
    }

    /** The pages of a table, all read; more than live and deleted rows is for the change to say. */
    public Server pages(String name, long live, long deleted, UnaryOperator<TablePages.Builder> change) {
        pages.add(change.apply(TablePages.builder()
                        .table(TableName.parse(name))
                        .pages(live + deleted > 0 ? 1 : 0)
                        .pagesRead(live + deleted > 0 ? 1 : 0)
                        .live(live)
                        .deleted(deleted)
                        .deletionsRolledBack(0)
                        .deletionsPending(0)
                        .superseded(0)
                        .insertionsRolledBack(0)
                        .pruned(0))
                .build());
        return this;
    }

    public Server pages(String name, long live, long deleted) {
        return pages(name, live, deleted, p -> p);
    }

    public Server onPages(ObservedTransaction... transactions) {
        onPages.addAll(Arrays.asList(transactions));
        return this;
    }

    public Server inLog(ObservedTransaction... transactions) {
        inLog.addAll(Arrays.asList(transactions));
        return this;
    }

    /** The log reaches back to before the loss, and was read whole. */
    Server wholeLog() {
        logCoverage = Optional.of(Coverage.complete("everything"));
        return this;
    }

    public Server key(String child, String parent, ForeignKey.OnDelete action) {
        keys.add(new ForeignKey(
                child + "_" + parent + "_fkey", TableName.parse(child), TableName.parse(parent), action));
        return this;
    }

    Server missing(UnknownTable table) {
        unknown.add(table);
        return this;
    }

    public Server countersSince(Instant instant) {
        validSince = Optional.of(instant);
        return this;
    }

    Server countersDiscarded(Instant instant) {
        validSince = Optional.of(instant);
        discarded = Optional.of(instant);
        return this;
    }

    Server lostAfter(Instant seen) {
        window = new TimeWindow(Optional.of(seen), Optional.empty());
        return this;
    }

    Server lostBetween(Instant seen, Instant missed) {
        window = new TimeWindow(Optional.of(seen), Optional.of(missed));
        return this;
    }

    public Server identity(UnaryOperator<DatabaseIdentity.Builder> change) {
        identity = change;
        return this;
    }

    public Server answer(String probe, Object answer) {
        more.add(new ProbeOutcome.Answered<>(probe, answer, NOTES));
        return this;
    }

    public CaseFile file(String... lost) {
        Incident incident =
                new Incident(Arrays.stream(lost).map(TableName::parse).toList(), window);
        DatabaseIdentity database = identity.apply(DatabaseIdentity.builder()
                        .database("app")
                        .major(16)
                        .version("16.9")
                        .inRecovery(false))
                .build();
        List<ProbeOutcome<?>> outcomes = new ArrayList<>();
        outcomes.add(new ProbeOutcome.Answered<>(
                "scope", new Scope(database, List.copyOf(tables.values()), new ForeignKeys(keys), unknown), NOTES));
        outcomes.add(new ProbeOutcome.Answered<>(
                "stats", new DeletionStats(validSince, discarded, List.copyOf(counters.values())), NOTES));
        if (!pages.isEmpty() || !onPages.isEmpty()) {
            outcomes.add(new ProbeOutcome.Answered<>("pages", new DeadRows(pages, onPages), NOTES));
        }
        if (!inLog.isEmpty() || logCoverage.isPresent()) {
            WalTransactions log = new WalTransactions(Optional.empty(), Optional.empty(), inLog, List.of());
            outcomes.add(new ProbeOutcome.Answered<>("wal", log, new ProbeNotes(List.of(), List.of(), logCoverage)));
        }
        outcomes.addAll(more);
        return new CaseFile(incident, outcomes);
    }

    public Conclusions investigate(String... lost) {
        return Reasoning.over(file(lost));
    }
}
