package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.postgres.wal.LogRecord.Kind;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the records of one database together into transactions, part by part of the log, the oldest first. Of a
 * transaction that took nothing away nothing is kept once it has ended.
 */
public final class TransactionAssembly {

    private static final Pattern NEXT = Pattern.compile("nextXid (\\d+)");
    private static final Comparator<LogRecord> BY_POSITION = Comparator.comparing(LogRecord::first);

    private final long database;
    private final PageLosses pages = new PageLosses();
    private final OpenWrites open;
    private final Map<Long, LoggedTransaction> prepared = new TreeMap<>();
    private final KeptTransactions kept;
    private final CommitTimes times = new CommitTimes();
    private Optional<Long> firstNext = Optional.empty();
    private long elsewhere;
    private long records;

    /**
     * Begins.
     *
     * @param database the oid of the database whose transactions count
     * @param preferred which files are of tables that matter most, should there be too many transactions
     */
    public TransactionAssembly(long database, Predicate<FileId> preferred) {
        this.database = database;
        this.open = new OpenWrites(database, pages);
        this.kept = new KeptTransactions(preferred);
    }

    /**
     * Takes in the next part of the log.
     *
     * @param part its records in any order
     */
    public void add(List<LogRecord> part) {
        // Whatever a transaction writes stands before its end, and what a page loses after the deletion.
        for (LogRecord entry : part) {
            records += entry.count();
            elsewhere += entry.kind() == Kind.ELSEWHERE ? entry.count() : 0;
            open.take(entry);
        }
        part.stream()
                .filter(r -> r.kind() == Kind.PRUNE)
                .forEach(r -> FileId.ofReference(r.relation()).ifPresent(file -> pages.pruned(file, r)));
        part.stream()
                .filter(r -> r.kind() == Kind.END || r.kind() == Kind.PREPARE || r.kind() == Kind.RUNNING)
                .sorted(BY_POSITION)
                .forEach(this::passed);
    }

    private void passed(LogRecord entry) {
        switch (entry.kind()) {
            case RUNNING -> running(entry);
            case PREPARE -> EndDescription.ofPrepare(entry.detail()).ifPresent(end -> prepared(entry, end));
            default -> EndDescription.ofEnd(entry.detail()).ifPresent(end -> ended(entry, end));
        }
    }

    private void running(LogRecord entry) {
        Matcher matcher = NEXT.matcher(entry.detail());
        if (matcher.find()) {
            long next = Long.parseLong(matcher.group(1));
            firstNext = firstNext.or(() -> Optional.of(next));
            times.next(entry.first(), next);
        }
    }

    private void prepared(LogRecord entry, EndDescription end) {
        prepared.put(
                entry.xid(),
                transaction(entry.xid(), TransactionEnd.PREPARED, entry, end, Optional.empty(), end.gid()));
    }

    private void ended(LogRecord entry, EndDescription end) {
        long xid = end.xid().orElse(entry.xid());
        times.ended(entry.first(), xid, end.at());
        Optional<LoggedTransaction> before = Optional.ofNullable(prepared.remove(xid));
        before.ifPresent(p -> open.resume(xid, p.writes()));
        TransactionEnd how = entry.type().startsWith("COMMIT") ? TransactionEnd.COMMITTED : TransactionEnd.ABORTED;
        LoggedTransaction transaction =
                transaction(xid, how, entry, end, Optional.of(entry.first()), before.flatMap(LoggedTransaction::gid));
        if (transaction.telling()) {
            kept.add(transaction);
        }
        open.passedEnd(entry.first());
    }

    private LoggedTransaction transaction(
            long xid,
            TransactionEnd how,
            LogRecord entry,
            EndDescription end,
            Optional<Lsn> endLsn,
            Optional<String> gid) {
        Writes writes = open.end(xid, end.subtransactions());
        List<FileId> removed = new ArrayList<>();
        List<Long> dropped = new ArrayList<>();
        if (how != TransactionEnd.ABORTED) {
            end.removed().stream().filter(file -> file.database() == database).forEach(removed::add);
            // The list is put together from the end (src/backend/catalog/storage.c, smgrGetPendingDeletes).
            Collections.reverse(removed);
            end.dropped().stream().filter(d -> d.database() == database).forEach(d -> dropped.add(d.oid()));
            open.complete(writes, removed, dropped, entry.first());
        }
        return new LoggedTransaction(
                xid,
                end.subtransactions(),
                how,
                endLsn,
                endLsn.map(lsn -> end.at()),
                gid,
                writes,
                List.copyOf(removed),
                List.copyOf(dropped));
    }

    /** {@return the transactions that ended and took something away, or tried to, by the position of their end} */
    public List<LoggedTransaction> ended() {
        return kept.all();
    }

    /** {@return how many transactions, and rows deleted by them, had to be left out because there were too many} */
    public KeptTransactions.LeftOut leftOut() {
        return kept.leftOut();
    }

    /** {@return transactions without an end that took something away, or may have} */
    public List<LoggedTransaction> open() {
        Map<Long, List<Long>> subtransactions = new TreeMap<>();
        List<LoggedTransaction> all = new ArrayList<>(prepared.values());
        open.byTransaction(subtransactions)
                .forEach((xid, writes) -> all.add(new LoggedTransaction(
                        xid,
                        subtransactions.getOrDefault(xid, List.of()),
                        TransactionEnd.UNKNOWN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        writes,
                        List.of(),
                        List.of())));
        all.removeIf(t -> !t.telling());
        return all;
    }

    /** {@return the time along the log} */
    public CommitTimes times() {
        return times;
    }

    /** {@return what pages lost} */
    public PageLosses pages() {
        return pages;
    }

    /**
     * {@return whether it may have begun before the part that was read}
     *
     * @param transaction one of those that were read
     */
    public boolean mayHaveBegunBefore(LoggedTransaction transaction) {
        // Ids go round in a circle (src/backend/access/transam/transam.c, TransactionIdPrecedes).
        return firstNext.filter(next -> (int) (transaction.xid() - next) >= 0).isEmpty();
    }

    /** {@return how many rows were deleted in other databases} */
    public long elsewhere() {
        return elsewhere;
    }

    /** {@return how many records were read} */
    public long records() {
        return records;
    }
}
