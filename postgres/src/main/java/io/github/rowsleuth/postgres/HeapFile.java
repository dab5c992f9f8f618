package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.heap.HeapPage;
import io.github.rowsleuth.postgres.heap.PageCondition;
import io.github.rowsleuth.postgres.heap.TupleTally;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The main file of one table or TOAST table while it is read: how far, and what was found. */
final class HeapFile {

    /** A table with more is not worth one error in the server's log after the other. */
    static final int MOST_DAMAGED = 64;

    private final long oid;
    private final TableName table;
    private final boolean toast;
    private final TupleTally tally = new TupleTally();
    private final HeapPage page;
    private final int pageSize;
    private final Map<PageCondition, Long> conditions = new EnumMap<>(PageCondition.class);
    private String name = "";
    private String path = "";
    private long pages;
    private long next;
    private long unreadable;
    private long firstLsn = -1;
    private long lastLsn;
    private int troubles;
    private boolean locked;
    private Optional<String> stopped = Optional.empty();

    HeapFile(long oid, TableName table, boolean toast, int pageSize) {
        this.oid = oid;
        this.table = table;
        this.toast = toast;
        this.pageSize = pageSize;
        this.page = new HeapPage(pageSize, tally);
    }

    long oid() {
        return oid;
    }

    /** The table, also for the file of its TOAST table. */
    TableName table() {
        return table;
    }

    boolean toast() {
        return toast;
    }

    String label() {
        return (toast ? "the TOAST table of " : "") + table;
    }

    TupleTally tally() {
        return tally;
    }

    /** Its file, relative to the data directory; another one after a TRUNCATE or a rewrite. */
    String path() {
        return path;
    }

    /** How many pages it has, or had when it had most. */
    long pages() {
        return pages;
    }

    /** The page to read next, which is how many were read. */
    long next() {
        return next;
    }

    boolean unfinished() {
        return next < pages && !locked && stopped.isEmpty();
    }

    /** Whether it was looked at and has no page. */
    boolean empty() {
        return pages == 0 && !locked && stopped.isEmpty();
    }

    boolean locked() {
        return locked && stopped.isEmpty();
    }

    Optional<String> stopped() {
        return stopped;
    }

    long firstLsn() {
        return Math.max(firstLsn, 0);
    }

    long lastLsn() {
        return lastLsn;
    }

    long count(PageCondition condition) {
        return conditions.getOrDefault(condition, 0L);
    }

    long damaged() {
        return unreadable
                + count(PageCondition.DAMAGED)
                + count(PageCondition.BIG_ENDIAN)
                + count(PageCondition.OTHER_LAYOUT);
    }

    /** What the catalogs say now. */
    void seen(String nameNow, String pathNow, boolean lockedNow, long pagesNow) {
        boolean changed = next > 0 && !(name.equals(nameNow) && path.equals(pathNow));
        name = nameNow;
        path = pathNow;
        locked = lockedNow;
        if (changed) {
            stop("it was truncated, rewritten or renamed while its pages were read");
        } else if (!locked) {
            pages = Math.max(next, pagesNow);
        }
    }

    /** Somebody waits for it or holds it, so that nobody else can look at it. */
    void lock() {
        locked = true;
    }

    void gone() {
        stop("it was dropped while it was looked at");
    }

    void stop(String reason) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(reason);
        }
    }

    /** Notes an error on it; after some it is left alone. */
    void trouble(String reason, int most) {
        if (++troubles >= most) {
            stop(reason);
        }
    }

    /** Counts the page that is next; false if it is none. */
    boolean read(PageRow row) {
        if (row.length() != pageSize) {
            stop("its pages are withheld, or have another size than the server says");
            return false;
        }
        PageCondition condition = page.count(row.message(), row.start(), next);
        conditions.merge(condition, 1L, Long::sum);
        if (condition == PageCondition.SOUND) {
            long lsn = HeapPage.lsn(row.message(), row.start());
            firstLsn = firstLsn < 0 || Long.compareUnsigned(lsn, firstLsn) < 0 ? lsn : firstLsn;
            lastLsn = Long.compareUnsigned(lsn, lastLsn) > 0 ? lsn : lastLsn;
        }
        next++;
        return true;
    }

    /** Passes a page over that the server can not read. */
    void skip() {
        next++;
        if (++unreadable >= MOST_DAMAGED) {
            stop("the server can not read " + unreadable + " of its first " + next + " pages");
        }
    }
}
