package io.github.rowsleuth.preservation;

import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.TableIndex;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.server.ServerActivity;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TablePages;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is at stake, and where it still lies: on pages, in the write-ahead log, or only on the volume. */
final class Situation {

    private final CaseFile file;
    private final Conclusions conclusions;
    private final List<TableFate> doubtful;
    private final TableIndex<TableScope> scopes;
    private final TableIndex<TablePages> pages;
    private final TableIndex<TableCounters> counters;

    Situation(CaseFile file, Conclusions conclusions) {
        this.file = file;
        this.conclusions = conclusions;
        this.doubtful = conclusions.fates().stream()
                .filter(f -> f.partOfLoss() && !f.ofPartitions())
                .filter(f -> f.fate().isLoss() || f.fate() == Fate.UNKNOWN)
                .toList();
        this.scopes = TableIndex.of(file.answer(Scope.class).map(Scope::tables).orElse(List.of()), TableScope::table);
        this.pages = TableIndex.of(
                file.answers(DeadRows.class).stream()
                        .flatMap(d -> d.pages().stream())
                        .toList(),
                TablePages::table);
        this.counters = TableIndex.of(
                file.answer(DeletionStats.class).map(DeletionStats::tables).orElse(List.of()), TableCounters::table);
    }

    /** The tables that lost rows, or may have. */
    List<TableFate> doubtful() {
        return doubtful;
    }

    boolean nothingAtStake() {
        return doubtful.isEmpty();
    }

    /** Tables whose deleted rows may still lie on their pages. */
    List<TableFate> onPages() {
        return doubtful.stream()
                .filter(f -> f.fate() == Fate.DELETED || f.fate() == Fate.CASCADED || f.fate() == Fate.UNKNOWN)
                .filter(f -> scope(f.table()).filter(this::keepsPages).isPresent())
                .toList();
    }

    private boolean keepsPages(TableScope table) {
        Optional<TablePages> read = pages(table.table()).filter(TablePages::complete);
        return read.isEmpty()
                ? table.filenode() != 0
                : read.filter(p -> p.deleted() > 0).isPresent();
    }

    /** Tables whose file was given back: only the volume, the log and copies still hold their rows. */
    List<TableFate> onVolume() {
        return doubtful.stream()
                .filter(f -> f.fate() == Fate.TRUNCATED
                        || f.fate() == Fate.DROPPED
                        || (f.fate() == Fate.RECREATED && f.transaction().isPresent()))
                .toList();
    }

    /** Transactions that hit the tables at stake. */
    List<RemovingTransaction> hitting() {
        Set<Long> xids = doubtful.stream()
                .flatMap(f -> Stream.concat(f.transaction().stream(), f.transactions().stream()))
                .collect(Collectors.toSet());
        return conclusions.transactions().stream()
                .filter(t -> xids.contains(t.xid()))
                .toList();
    }

    /** The transactions that removed rows and have not ended. */
    List<RemovingTransaction> transactions() {
        return conclusions.transactions();
    }

    /** The first transaction that deleted rows of the tables at stake, where one is known. */
    Optional<Long> firstDeletion() {
        return onPages().stream().flatMap(f -> f.transactions().stream()).min(Long::compare);
    }

    List<TableName> named(List<TableFate> some) {
        return some.stream().map(TableFate::table).toList();
    }

    Optional<TableScope> scope(TableName table) {
        return scopes.exactly(table);
    }

    Optional<TablePages> pages(TableName table) {
        return pages.exactly(table);
    }

    Optional<TableCounters> counters(TableName table) {
        return counters.exactly(table);
    }

    Optional<DatabaseIdentity> server() {
        return file.answer(Scope.class).map(Scope::database);
    }

    boolean standby() {
        return server().filter(DatabaseIdentity::inRecovery).isPresent();
    }

    Optional<ServerActivity> activity() {
        return file.answer(ServerActivity.class);
    }

    Optional<WriteAheadLog> log() {
        return file.answer(WriteAheadLog.class);
    }

    /** Whether a PostgreSQL server was examined at all. */
    boolean examined() {
        return file.answer(Scope.class).isPresent()
                || file.answer(DeletionStats.class).isPresent();
    }
}
