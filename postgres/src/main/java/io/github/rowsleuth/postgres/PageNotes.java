package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.heap.PageCondition;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.PageCapture;
import io.github.rowsleuth.transaction.TablePages;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts what was read, and what could not be, into sentences, and hands them in. */
final class PageNotes {

    private final Session session;
    private final Examination examination;
    private final PageAccess access;
    private List<TableName> missing = List.of();
    private long heaps;
    private boolean whole = true;
    private long forgotten;

    PageNotes(Session session, PageAccess access) {
        this.session = session;
        this.examination = session.examination();
        this.access = access;
    }

    void list(List<Relation> relations) {
        // What is not there is a gap of the probe that describes the tables.
        missing = examination.incident().tables().stream()
                .filter(wanted -> relations.stream().map(Relation::name).noneMatch(wanted::matches))
                .toList();
        heaps = relations.stream().filter(relation -> !relation.partitioned()).count();
    }

    void unreadable(Relation.Unreadable found) {
        gap(found.missing(), "deleted rows of it are not seen here", found.remedy());
    }

    void forgotten(long transactions) {
        forgotten += transactions;
    }

    /** Records one table, and finishes its value. */
    TablePages recorded(TablePages.Builder builder) {
        TablePages pages = builder.build();
        return builder.addEvidence(examination.record(
                        new PagesOfTable(pages.table(), summary(pages)), Moment.unknown(), session.at(access.name())))
                .build();
    }

    private static String summary(TablePages pages) {
        StringBuilder text = new StringBuilder(pages.table() + " holds on " + pages.pagesRead() + " of " + pages.pages()
                + " pages " + pages.live() + " live rows and " + pages.deleted() + " deleted ones with their data");
        append(text, pages.deletionsRolledBack(), "live rows that a rolled-back transaction had deleted");
        append(text, pages.deletionsPending(), "live rows that an unfinished transaction has deleted");
        append(text, pages.superseded(), "old versions of updated rows");
        append(text, pages.insertionsRolledBack(), "rows whose insertion was rolled back");
        append(text, pages.insertionsPending(), "rows whose insertion is not finished");
        append(text, pages.pruned(), "dead rows whose data was pruned off the page");
        append(text, pages.undecided(), "rows of which nothing tells whether they live");
        pages.capture()
                .ifPresent(capture -> text.append("; its pages are kept in ").append(words(capture)));
        pages.toastCapture()
                .ifPresent(
                        capture -> text.append("; those of its TOAST table in ").append(words(capture)));
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append(", ").append(count).append(' ').append(what);
        }
    }

    private static String words(PageCapture capture) {
        return capture.file() + " (" + capture.pages() + " pages, SHA-256 " + capture.sha256() + ")";
    }

    void gaps(
            Map<HeapFile, PageCounts> counts,
            Collection<HeapFile> toasts,
            Optional<String> stopped,
            Deletions deletions) {
        counts.forEach((file, count) -> {
            gaps(file);
            unexplained(file, count);
        });
        toasts.forEach(this::gaps);
        stopped.ifPresent(reason -> partial(counts.keySet(), reason));
        undecided(counts.values());
        if (deletions.unattributed() > 0) {
            gap(
                    "more than " + Deletions.MOST + " transactions deleted rows",
                    deletions.unattributed() + " deleted rows count for their tables, but for no transaction",
                    "investigate one table at a time");
        }
    }

    private void gaps(HeapFile file) {
        if (file.locked()) {
            gap(
                    "another session holds or awaits an ACCESS EXCLUSIVE lock on " + file.label(),
                    "its pages were not read",
                    "ask again when its transaction has ended; do not end it by force, its snapshot may keep deleted rows");
        }
        file.stopped()
                .ifPresent(reason -> gap(
                        file.label() + ": " + reason,
                        file.next() + " of its " + file.pages() + " pages were read",
                        "ask again; the write-ahead log and backups may hold the rest"));
        foreign(file);
        if (file.damaged() > 0) {
            gap(
                    file.damaged() + " of " + file.next() + " pages of " + file.label() + " are damaged",
                    "rows on them are not counted, or not all of them",
                    "stop the server and copy its data directory before anything repairs or zeroes them;"
                            + " pg_amcheck says what is broken");
        }
    }

    private void foreign(HeapFile file) {
        long bigEndian = file.count(PageCondition.BIG_ENDIAN);
        long other = file.count(PageCondition.OTHER_LAYOUT);
        if (bigEndian + other > 0) {
            gap(
                    bigEndian + other + " pages of " + file.label() + " are "
                            + (bigEndian > 0
                                    ? "of a server whose numbers begin with their highest byte"
                                    : "laid out in no way known here"),
                    "nothing on them was counted",
                    "look at them with heap_page_items() of pageinspect on that server");
        }
    }

    private void unexplained(HeapFile file, PageCounts count) {
        long rows = count.undecided()
                - count.forgottenMultixacts()
                + (file.damaged() > 0 ? 0 : file.tally().undecided());
        if (rows > 0) {
            gap(
                    "nothing tells of " + rows + " rows of " + file.table() + " whether they live",
                    "they count neither as live nor as deleted",
                    "see whether a gap says why the server could not be asked; if not, their transaction ids were never"
                            + " given out: let pg_amcheck look for corruption");
        }
    }

    private void partial(Collection<HeapFile> files, String reason) {
        long read = files.stream().mapToLong(HeapFile::next).sum();
        long all = files.stream().mapToLong(HeapFile::pages).sum();
        gap(
                read + " of " + all + " pages were read: " + reason,
                "deleted rows on the others are not counted",
                "allow more with Postgres.withPageLimit(…), probeDeadline(…) or withStatementTimeout(…), or name fewer"
                        + " tables");
    }

    private void undecided(Collection<PageCounts> counts) {
        long rows = counts.stream().mapToLong(PageCounts::forgottenMultixacts).sum();
        if (rows > 0) {
            gap(
                    "the server has forgotten who took part in the multixacts of " + rows + " rows",
                    "whether these rows were deleted is not known",
                    "look at the table in a backup; the members are in pg_multixact of that time");
        }
        if (forgotten > 0) {
            gap(
                    "the server has forgotten how " + forgotten + " transactions ended",
                    "they are taken to have committed, as those do of which no page needs to know",
                    "look at pg_xact of a backup of that time");
        }
    }

    private void gap(String found, String consequence, String remedy) {
        whole = false;
        examination.gap(found, consequence, remedy);
    }

    void cover(DeadRows rows) {
        long read = rows.pages().stream().mapToLong(TablePages::pagesRead).sum();
        long all = rows.pages().stream().mapToLong(TablePages::pages).sum();
        String searched = read + " of " + all + " pages of " + rows.pages().size() + " of " + heaps + " tables, by "
                + access.name() + (missing.isEmpty() ? "" : "; not there: " + missing);
        boolean complete = whole
                && missing.isEmpty()
                && rows.pages().size() == heaps
                && rows.pages().stream().allMatch(TablePages::complete);
        examination.coverage(complete ? Coverage.complete(searched) : Coverage.partial(searched));
    }

    /**
     * What the pages of a table hold.
     *
     * @param table the table
     * @param summary the counts
     */
    private record PagesOfTable(TableName table, String summary) implements Observation.Custom {
        @Override
        public List<TableName> tables() {
            return List.of(table);
        }
    }
}
