package io.github.rowsleuth.postgres.wal;

import io.github.rowsleuth.transaction.Lsn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every transaction wrote that has not ended yet, by its id or that of a subtransaction. */
final class OpenWrites {

    private static final int PARTITION_MOVE = 0x10;
    private static final int SPECULATIVE = 0x08;

    private static final Pattern FLAGS = Pattern.compile("[0-9A-Fa-f]{2}");
    private static final Pattern LOCKS = Pattern.compile("xid (\\d+) db (\\d+) rel (\\d+)");
    private static final Pattern ASSIGNED = Pattern.compile("xtop (\\d+): subxacts:((?: \\d+)+)");
    private static final Pattern TRUNCATED = Pattern.compile("\\brelids:? \\[?([\\d, ]+)");
    private static final Pattern DIRECTORY = Pattern.compile("\\d+/(\\d+)");

    private final long database;
    private final Map<Long, Writes> open = new TreeMap<>();
    private final Map<Long, Long> parents = new HashMap<>();
    private final UnownedFiles unowned = new UnownedFiles();
    private final PageLosses pages;

    OpenWrites(long database, PageLosses pages) {
        this.database = database;
        this.pages = pages;
    }

    void take(LogRecord entry) {
        switch (entry.kind()) {
            case DELETE -> deleted(entry);
            case CREATE -> created(entry);
            case LOCK -> locked(entry);
            case TRUNCATE -> truncated(entry);
            case DROP_DATABASE ->
                DIRECTORY
                        .matcher(entry.detail())
                        .results()
                        .forEach(m -> writes(entry).droppedDatabases.add(Long.valueOf(m.group(1))));
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
            unowned.created(entry.first(), file.get());
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

    /** Puts back what a transaction wrote that was prepared, and now ends. */
    void resume(long xid, Writes writes) {
        open.put(xid, writes);
    }

    /** Takes out what a transaction wrote, with those subtransactions. */
    Writes end(long xid, List<Long> subtransactions) {
        Writes writes = Optional.ofNullable(open.remove(xid)).orElseGet(Writes::new);
        for (Long sub : subtransactions) {
            Optional.ofNullable(open.remove(sub)).ifPresent(writes::merge);
            parents.remove(sub);
        }
        return writes;
    }

    /** Completes what it wrote, once it is known what it gave up. */
    void complete(Writes writes, List<FileId> removed, List<Long> dropped, Lsn end) {
        unowned.adopt(writes, removed, dropped, end);
    }

    void passedEnd(Lsn at) {
        unowned.ended(at);
    }

    /** What is open, as far as its transactions are known, with their subtransactions. */
    Map<Long, Writes> byTransaction(Map<Long, List<Long>> subtransactions) {
        Map<Long, Writes> tops = new TreeMap<>();
        open.forEach((xid, writes) -> {
            Long top = parents.getOrDefault(xid, xid);
            tops.computeIfAbsent(top, x -> new Writes()).merge(writes);
            if (!top.equals(xid)) {
                subtransactions.computeIfAbsent(top, x -> new ArrayList<>()).add(xid);
            }
        });
        return tops;
    }
}
