package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.heap.TupleGroup;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.PageCapture;
import io.github.rowsleuth.transaction.TablePages;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One examination of the pages of an incident's tables: first all pages, then what became of the transactions on them. */
final class PageExamination implements PageReader.Pages {

    /** When so many groups of tuples are open, the server is asked about their transactions, and they are forgotten. */
    private static final int MOST_GROUPS = 65_536;

    private final Session session;
    private final PageOptions options;
    private final Server server;
    private final PageAccess access;
    private final PageNotes notes;
    private final Optional<PageCaptures> captures;
    private final Map<HeapFile, PageCounts> counts = new LinkedHashMap<>();
    private final Map<HeapFile, HeapFile> toasts = new LinkedHashMap<>();
    private final Deletions deletions = new Deletions();
    private long nextTransaction;

    private PageExamination(Session session, PageOptions options, Server server, PageAccess access) {
        this.session = session;
        this.options = options;
        this.server = server;
        this.access = access;
        this.notes = new PageNotes(session, access);
        this.captures = options.folder()
                .map(folder -> new PageCaptures(folder, options.opener(), access.blockSize(), server, session));
    }

    static DeadRows of(Session session, PageOptions options)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        PageAccess access = PageAccess.of(session);
        return new PageExamination(session, options, Server.read(session), access).run();
    }

    private DeadRows run() throws SQLException, ProbeUnavailableException, InterruptedException {
        list(Relation.named(session, session.examination().incident()));
        PageReader reader = new PageReader(session, access, options.limit(), this);
        try {
            reader.read(Stream.concat(counts.keySet().stream(), toasts.values().stream())
                    .toList());
            counts.keySet().stream()
                    .filter(HeapFile::empty)
                    .forEach(file -> captures.ifPresent(kept -> kept.keepEmpty(file)));
        } finally {
            captures.ifPresent(PageCaptures::finish);
        }
        settle();
        DeadRows rows =
                new DeadRows(pages(), DeletingTransactions.of(session, server, access, deletions, nextTransaction));
        notes.gaps(counts, toasts.values(), reader.stopped(), deletions);
        notes.cover(rows);
        return rows;
    }

    private void list(List<Relation> relations) {
        notes.list(relations);
        for (Relation relation : relations) {
            Optional<Relation.Unreadable> unreadable =
                    relation.unreadable(server.identity().inRecovery());
            unreadable.ifPresent(notes::unreadable);
            if (unreadable.isEmpty() && !relation.partitioned()) {
                HeapFile file = new HeapFile(relation.oid(), relation.name(), false, access.blockSize());
                counts.put(file, new PageCounts(relation.name()));
                if (captures.isPresent() && relation.toast() != 0) {
                    toasts.put(file, new HeapFile(relation.toast(), relation.name(), true, access.blockSize()));
                }
            }
        }
    }

    @Override
    public void read(HeapFile file, PageRow row) {
        captures.ifPresent(kept -> kept.keep(file, row.message(), row.start()));
    }

    @Override
    public void unreadable(HeapFile file) {
        captures.ifPresent(kept -> kept.keepPlaceOf(file, file.next()));
    }

    @Override
    public void pieceRead() throws SQLException, ProbeUnavailableException, InterruptedException {
        toasts.values().forEach(toast -> toast.tally().takeGroups());
        long open = counts.keySet().stream()
                .mapToLong(file -> file.tally().groupCount())
                .sum();
        if (open > MOST_GROUPS) {
            session.renew();
            settle();
        }
    }

    private void settle() throws SQLException, ProbeUnavailableException, InterruptedException {
        Map<PageCounts, List<TupleGroup>> groups = new LinkedHashMap<>();
        counts.forEach((file, count) -> groups.put(count, file.tally().takeGroups()));
        XidStatuses statuses = XidStatuses.of(
                session, groups.values().stream().flatMap(List::stream).toList());
        groups.forEach((count, tuples) -> tuples.forEach(group -> count.add(group, statuses, deletions)));
        notes.forgotten(statuses.forgotten());
        nextTransaction = statuses.next();
    }

    private List<TablePages> pages() {
        List<TablePages> pages = new ArrayList<>();
        counts.forEach((file, count) -> {
            if (file.next() > 0 || file.empty()) {
                pages.add(notes.recorded(count.of(file)
                        .capture(captureOf(file))
                        .toastCapture(Optional.ofNullable(toasts.get(file)).flatMap(this::captureOf))));
            }
        });
        pages.sort(Comparator.comparing(TablePages::table));
        return pages;
    }

    private Optional<PageCapture> captureOf(HeapFile file) {
        return captures.flatMap(kept -> kept.of(file));
    }
}
