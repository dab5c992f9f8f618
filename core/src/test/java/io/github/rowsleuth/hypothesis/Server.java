package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.ForeignKey;
import io.github.rowsleuth.probe.ForeignKeys;
import io.github.rowsleuth.probe.ProbeNotes;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Composes what probes answer about a server, in the terms of the truth table of losses. */
final class Server {

    private static final ProbeNotes NOTES = new ProbeNotes(List.of(), List.of(), Optional.empty());

    private static final Instant ANALYZED = Instant.parse("2026-01-01T00:00:00Z");

    private final List<TableScope> tables = new ArrayList<>();
    private final List<TableCounters> counters = new ArrayList<>();
    private final List<ForeignKey> keys = new ArrayList<>();
    private final List<ProbeOutcome<?>> more = new ArrayList<>();
    private Optional<Instant> validSince = Optional.empty();

    /** A table with its first file that was never maintained; every insertion committed. */
    Server table(String name, long inserted, long deleted, long live) {
        return add(name, inserted, deleted, live, live, inserted, 500, 0);
    }

    /** A table with a new file that neither vacuum nor analyze has seen. */
    Server newFile(String name, long inserted, long deleted, long live, long transaction) {
        return add(name, inserted, deleted, live, -1, live, transaction, 1);
    }

    /** A table that was rewritten and analyzed. */
    Server rewritten(String name, long inserted, long deleted, long live) {
        return add(name, inserted, deleted, live, live, 0, 600, 1);
    }

    private Server add(
            String name, long ins, long del, long live, long estimate, long since, long transaction, long shift) {
        boolean analyzed = since == 0 && live > 0;
        long oid = 16_384L + tables.size() * 10L;
        tables.add(TableScope.builder()
                .table(TableName.parse(name))
                .oid(oid)
                .filenode(oid + shift)
                .estimatedRows((double) estimate)
                .estimatedPages(estimate > 0 ? 1 : 0)
                .catalogTransaction(transaction)
                .creationTransaction(500L + tables.size())
                .build());
        counters.add(TableCounters.builder()
                .table(TableName.parse(name))
                .inserted(ins)
                .updated(0)
                .deleted(del)
                .live(live)
                .dead(0)
                .modifiedSinceAnalyze(analyzed ? 0 : 2 * ins - live)
                .insertedSinceVacuum(since)
                .lastAnalyze(analyzed ? Optional.of(ANALYZED) : Optional.empty())
                .build());
        return this;
    }

    Server key(String child, String parent, ForeignKey.OnDelete action) {
        keys.add(new ForeignKey(
                child + "_" + parent + "_fkey", TableName.parse(child), TableName.parse(parent), action));
        return this;
    }

    Server countersSince(Instant instant) {
        validSince = Optional.of(instant);
        return this;
    }

    Server answer(String probe, Object answer) {
        more.add(new ProbeOutcome.Answered<>(probe, answer, NOTES));
        return this;
    }

    ForeignKeys keys() {
        return new ForeignKeys(keys);
    }

    Conclusions investigate(String... lost) {
        Incident incident =
                new Incident(Arrays.stream(lost).map(TableName::parse).toList(), TimeWindow.UNKNOWN);
        DatabaseIdentity database = DatabaseIdentity.builder()
                .database("app")
                .major(16)
                .version("16.9")
                .inRecovery(false)
                .build();
        List<ProbeOutcome<?>> outcomes = new ArrayList<>();
        outcomes.add(new ProbeOutcome.Answered<>("scope", new Scope(database, tables, keys(), List.of()), NOTES));
        outcomes.add(new ProbeOutcome.Answered<>("stats", new DeletionStats(validSince, counters), NOTES));
        outcomes.addAll(more);
        return Reasoning.over(new CaseFile(incident, outcomes));
    }
}
