package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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

    /** How many files may wait for their transaction. */
    private static final int UNOWNED = 10_000;

    private static final int PARTITION_MOVE = 0x10;
    private static final int SPECULATIVE = 0x08;

    private static final Pattern FLAGS = Pattern.compile("[0-9A-Fa-f]{2}");
    private static final Pattern LOCKS = Pattern.compile("xid (\\d+) db (\\d+) rel (\\d+)");
    private static final Pattern NEXT = Pattern.compile("nextXid (\\d+)");
    private static final Pattern ASSIGNED = Pattern.compile("xtop (\\d+): subxacts:((?: \\d+)+)");
    private static final Pattern TRUNCATED = Pattern.compile("\\brelids:? \\[?([\\d, ]+)");
    private static final Pattern DIRECTORY = Pattern.compile("\\d+/(\\d+)");

    private static final Comparator<LogRecord> BY_POSITION = Comparator.comparing(LogRecord::first);

    private final long database;
    private final Map<Long, Writes> open = new TreeMap<>();
    private final Map<Long, LoggedTransaction> prepared = new TreeMap<>();
    private final Map<Long, Long> parents = new HashMap<>();
    /**
     * Files that were created before their transaction had an id: the first of a subtransaction that need not lock, or of
     * any transaction at {@code wal_level = minimal}, which logs no locks.
     */
    private final NavigableMap<Lsn, FileId> unowned = new TreeMap<>();

    private final KeptTransactions kept;
    private final CommitTimes times = new CommitTimes();
    private final PageLosses pages = new PageLosses();
    private Optional<Long> firstNext = Optional.empty();
    private Optional<Lsn> previousEnd = Optional.empty();
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
        this.kept = new KeptTransactions(preferred);
    }

    /**
     * Takes in the next part of the log.
     *
     * @param part its records in any order
     */
    public void add(List<LogRecord> part) {
        // Whatever a transaction writes stands before its end.
        for (LogRecord entry : part) {
            records += entry.count();
            written(entry);
        }
        part.stream()
                .filter(r -> r.kind() == LogRecord.Kind.PRUNE)
                .forEach(r -> FileId.ofReference(r.relation()).ifPresent(file -> pages.pruned(file, r)));
        part.stream()
                .filter(r -> r.kind() == LogRecord.Kind.END
                        || r.kind() == LogRecord.Kind.PREPARE
                        || r.kind() == LogRecord.Kind.RUNNING)
                .sorted(BY_POSITION)
                .forEach(this::passed);
    }

    private void written(LogRecord entry) {
        switch (entry.kind()) {
            case DELETE -> deleted(entry);
            case ELSEWHERE -> elsewhere += entry.count();
            case CREATE -> created(entry);
            case LOCK -> locked(entry);
            case TRUNCATE -> truncated(entry);
            case DROP_DATABASE -> numbers(DIRECTORY, entry.detail()).forEach(writes(entry).droppedDatabases::add);
            case CLASS, INDEX, TYPE, SEQUENCE ->
                writes(entry).undefined.add(new Writes.Event<>(entry.first(), entry.kind()));
            case ASSIGNMENT -> assigned(entry);
            default -> {}
        }
    }

    private Writes writes(LogRecord entry) {
        Writes writes = open.computeIfAbsent(entry.xid(), xid -> new Writes());
        writes.at(entry.first(), entry.last());
        return writes;
    }

    private void deleted(LogRecord entry) {
        int flags = FLAGS.matcher(entry.detail()).matches() ? Integer.parseInt(entry.detail(), 16) : 0;
        Optional<FileId> file = FileId.ofReference(entry.relation());
        if ((flags & (PARTITION_MOVE | SPECULATIVE)) == 0 && file.isPresent()) {
            writes(entry).deleted.merge(file.get(), entry.count(), Long::sum);
            pages.deleted(file.get(), entry.first());
        }
    }

    private void created(LogRecord entry) {
        Optional<FileId> file = FileId.ofPath(entry.detail())
                .filter(f -> f.database() == database && f.number() >= FileId.FIRST_NORMAL);
        if (file.isPresent() && entry.xid() == 0) {
            unowned.put(entry.first(), file.get());
            if (unowned.size() > UNOWNED) {
                unowned.pollFirstEntry();
            }
        } else if (file.isPresent()) {
            writes(entry).created.add(new Writes.Event<>(entry.first(), file.get()));
        }
    }

    // A snapshot of all locks that are held names several transactions.
    private void locked(LogRecord entry) {
        if (entry.xid() != 0) {
            writes(entry);
        }
        Matcher matcher = LOCKS.matcher(entry.detail());
        while (matcher.find()) {
            if (Long.parseLong(matcher.group(2)) == database) {
                Writes writes = open.computeIfAbsent(Long.valueOf(matcher.group(1)), xid -> new Writes());
                writes.locked.add(Long.valueOf(matcher.group(3)));
            }
        }
    }

    private void truncated(LogRecord entry) {
        Matcher matcher = TRUNCATED.matcher(entry.detail());
        if (matcher.find()) {
            writes(entry)
                    .truncated
                    .addAll(EndDescription.numbers(matcher.group(1).strip().split("[, ]+", -1)));
        }
    }

    private void assigned(LogRecord entry) {
        Matcher matcher = ASSIGNED.matcher(entry.detail());
        if (matcher.find()) {
            Long top = Long.valueOf(matcher.group(1));
            EndDescription.numbers(matcher.group(2).strip().split(" ", -1)).forEach(sub -> parents.put(sub, top));
        }
    }

    private static List<Long> numbers(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> Long.valueOf(result.group(1)))
                .toList();
    }

    private void passed(LogRecord entry) {
        switch (entry.kind()) {
            case RUNNING ->
                numbers(NEXT, entry.detail()).forEach(next -> {
                    firstNext = firstNext.or(() -> Optional.of(next));
                    times.next(entry.first(), next);
                });
            case PREPARE -> EndDescription.ofPrepare(entry.detail()).ifPresent(end -> prepared(entry, end));
            default -> EndDescription.ofEnd(entry.detail()).ifPresent(end -> ended(entry, end));
        }
    }

    private void prepared(LogRecord entry, EndDescription end) {
        LoggedTransaction transaction =
                transaction(entry.xid(), TransactionEnd.PREPARED, entry, end, Optional.empty(), end.gid());
        prepared.put(entry.xid(), transaction);
    }

    private void ended(LogRecord entry, EndDescription end) {
        long xid = end.xid().orElse(entry.xid());
        times.ended(entry.first(), xid, end.at());
        Optional<LoggedTransaction> before = Optional.ofNullable(prepared.remove(xid));
        before.ifPresent(p -> open.put(xid, p.writes()));
        TransactionEnd how = entry.type().startsWith("COMMIT") ? TransactionEnd.COMMITTED : TransactionEnd.ABORTED;
        LoggedTransaction transaction =
                transaction(xid, how, entry, end, Optional.of(entry.first()), before.flatMap(LoggedTransaction::gid));
        if (telling(transaction)) {
            kept.add(transaction);
        }
        previousEnd = Optional.of(entry.first());
    }

    private LoggedTransaction transaction(
            long xid,
            TransactionEnd how,
            LogRecord entry,
            EndDescription end,
            Optional<Lsn> endLsn,
            Optional<String> gid) {
        Writes writes = Optional.ofNullable(open.remove(xid)).orElseGet(Writes::new);
        for (Long sub : end.subtransactions()) {
            Optional.ofNullable(open.remove(sub)).ifPresent(writes::merge);
            parents.remove(sub);
        }
        List<FileId> removed = new ArrayList<>(end.removed());
        removed.removeIf(file -> file.database() != database);
        // The list is put together from the end (src/backend/catalog/storage.c, smgrGetPendingDeletes).
        Collections.reverse(removed);
        List<Long> dropped = end.dropped().stream()
                .filter(d -> d.database() == database)
                .map(EndDescription.Dropped::oid)
                .toList();
        if (how != TransactionEnd.ABORTED) {
            adopt(writes, removed, dropped, entry.first());
        }
        return new LoggedTransaction(
                xid,
                end.subtransactions(),
                how,
                endLsn,
                endLsn.map(lsn -> end.at()),
                gid,
                writes,
                how == TransactionEnd.ABORTED ? List.of() : removed,
                dropped);
    }

    /** Takes in files that were created before the transaction, or a subtransaction of it, had an id. */
    private void adopt(Writes writes, List<FileId> removed, List<Long> dropped, Lsn end) {
        Lsn first = writes.first().orElse(end);
        // Before its first record only what no other transaction can have made that has ended since.
        Lsn from = Optional.ofNullable(unowned.lowerKey(first))
                .filter(before ->
                        previousEnd.filter(e -> e.compareTo(before) > 0).isEmpty())
                .orElse(first);
        int missing = removed.size() - dropped.size() - writes.created.size();
        List<Map.Entry<Lsn, FileId>> candidates = removed.isEmpty() || from.compareTo(end) >= 0
                ? List.of()
                : List.copyOf(
                        unowned.subMap(from, true, end, false).descendingMap().entrySet());
        for (Map.Entry<Lsn, FileId> candidate : candidates) {
            boolean born = dropped.contains(candidate.getValue().number());
            if (born || missing-- > 0) {
                writes.created.add(new Writes.Event<>(candidate.getKey(), candidate.getValue()));
                unowned.remove(candidate.getKey());
            }
        }
    }

    private static boolean telling(LoggedTransaction transaction) {
        Writes writes = transaction.writes();
        if (writes.removes() || !transaction.removed().isEmpty()) {
            return true;
        }
        return transaction.end() == TransactionEnd.ABORTED && writes.defines();
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
        Map<Long, Writes> tops = new TreeMap<>();
        Map<Long, List<Long>> subs = new TreeMap<>();
        open.forEach((xid, writes) -> {
            Long top = parents.getOrDefault(xid, xid);
            tops.computeIfAbsent(top, x -> new Writes()).merge(writes);
            if (!top.equals(xid)) {
                subs.computeIfAbsent(top, x -> new ArrayList<>()).add(xid);
            }
        });
        List<LoggedTransaction> all = new ArrayList<>(prepared.values());
        tops.forEach((xid, writes) -> all.add(new LoggedTransaction(
                xid,
                subs.getOrDefault(xid, List.of()),
                TransactionEnd.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                writes,
                List.of(),
                List.of())));
        all.removeIf(t ->
                !t.writes().removes() && !t.writes().defines() && t.removed().isEmpty());
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

    /** {@return whether that transaction may have begun before the part that was read} */
    public boolean mayHaveBegunBefore(LoggedTransaction transaction) {
        return firstNext
                .filter(next -> Integer.compareUnsigned((int) transaction.xid(), next.intValue()) >= 0)
                .isEmpty();
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
