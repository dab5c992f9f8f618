package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Reads pages of many files in pieces of a few megabytes, each piece one short statement over as many files as fit in it. An
 * error sets a file or a page aside, not the reading.
 */
final class PageReader {

    private static final int PIECE_BYTES = 4 << 20;
    private static final int SMALLEST_PIECE = 8;
    private static final int MOST_TROUBLES = 3;
    private static final int MOST_CANCELLATIONS = 5;
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(5);
    private static final Duration LONGEST_RESERVE = Duration.ofSeconds(10);

    private static final Query SETTINGS =
            new Query("""
            select pg_catalog.set_config('search_path', ?, true),
                   pg_catalog.set_config('rowsleuth.relations', ?, true),
                   pg_catalog.set_config('rowsleuth.firsts', ?, true),
                   pg_catalog.set_config('rowsleuth.lasts', ?, true)""", "set_config()", "EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean)");

    /** Takes the pages of files, one file after the other. */
    interface Pages {
        void read(HeapFile file, PageRow row);

        /** Stands in for a page that the server can not read. */
        void unreadable(HeapFile file);

        /** Between two pieces, when the connection is free. */
        void pieceRead() throws SQLException, ProbeUnavailableException, InterruptedException;
    }

    private record Range(HeapFile file, long first, long last) {}

    private final Session session;
    private final PageAccess access;
    private final Pages pages;
    private final Duration reserve;
    private long budget;
    private int pieceSize;
    private int cancellations;
    private long transactionBegan = System.nanoTime();
    private Optional<String> stopped = Optional.empty();

    PageReader(Session session, PageAccess access, long budget, Pages pages) {
        this.session = session;
        this.access = access;
        this.budget = budget;
        this.pages = pages;
        this.pieceSize = Math.max(SMALLEST_PIECE, PIECE_BYTES / access.blockSize());
        Duration quarter = session.examination().remaining().dividedBy(4);
        this.reserve = quarter.compareTo(LONGEST_RESERVE) < 0 ? quarter : LONGEST_RESERVE;
    }

    /** Why the reading ended before all was read, if it did. */
    Optional<String> stopped() {
        return stopped;
    }

    /** Reads all, the smallest first; what has grown or was unlocked meanwhile gets a second turn. */
    void read(List<HeapFile> files) throws SQLException, ProbeUnavailableException, InterruptedException {
        look(files);
        List<HeapFile> order = files.stream()
                .sorted(Comparator.comparing(HeapFile::toast).thenComparingLong(HeapFile::pages))
                .toList();
        readOnce(order);
        look(files);
        readOnce(order);
    }

    private void look(List<HeapFile> files) throws SQLException, ProbeUnavailableException, InterruptedException {
        renew();
        FileSizes.look(session, files);
    }

    private void renew() throws SQLException, ProbeUnavailableException, InterruptedException {
        session.renew();
        transactionBegan = System.nanoTime();
    }

    private void readOnce(List<HeapFile> files) throws SQLException, ProbeUnavailableException, InterruptedException {
        for (int at = 0; at < files.size(); at++) {
            while (files.get(at).unfinished() && mayGoOn()) {
                readPiece(files, piece(files.subList(at, files.size())));
                pages.pieceRead();
            }
        }
    }

    private boolean mayGoOn() throws SQLException, ProbeUnavailableException, InterruptedException {
        if (stopped.isEmpty() && budget <= 0) {
            stopped = Optional.of("the limit of pages was reached");
        } else if (stopped.isEmpty() && outOfTime()) {
            stopped = Optional.of("the time was up");
        }
        if (stopped.isEmpty() && System.nanoTime() - transactionBegan > LONGEST_TRANSACTION.toNanos()) {
            renew();
        }
        return stopped.isEmpty();
    }

    private boolean outOfTime() {
        Examination examination = session.examination();
        return examination.remaining().compareTo(reserve) <= 0;
    }

    private List<Range> piece(List<HeapFile> files) {
        List<Range> piece = new ArrayList<>();
        long left = Math.min(pieceSize, budget);
        for (HeapFile file : files) {
            if (left == 0) {
                break;
            }
            if (file.unfinished()) {
                long count = Math.min(left, file.pages() - file.next());
                piece.add(new Range(file, file.next(), file.next() + count - 1));
                left -= count;
            }
        }
        return piece;
    }

    private void readPiece(List<HeapFile> files, List<Range> piece)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        long before = pagesRead(piece);
        Optional<SQLException> error = copy(piece);
        long read = pagesRead(piece) - before;
        budget -= read;
        if (error.isPresent()) {
            note(error.get(), piece, read > 0);
            look(files);
        } else if (read == 0 && !outOfTime()) {
            // What gives neither page nor error is gone.
            turn(piece).trouble("its pages can not be had", MOST_TROUBLES);
            look(files);
        }
    }

    private Optional<SQLException> copy(List<Range> piece)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        session.rows(
                SETTINGS,
                row -> true,
                access.searchPath(),
                array(piece, range -> range.file().oid()),
                array(piece, Range::first),
                array(piece, Range::last));
        boolean[] first = {true};
        try {
            session.copy(access.copy(), message -> {
                PageRow row = PageRow.of(message, first[0]);
                first[0] = false;
                return row.range() == 0 || take(piece.get(row.range() - 1), row);
            });
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    private static String array(List<Range> piece, ToLongFunction<Range> number) {
        return piece.stream()
                .map(range -> Long.toString(number.applyAsLong(range)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static long pagesRead(List<Range> piece) {
        return piece.stream().mapToLong(range -> range.file().next()).sum();
    }

    private boolean take(Range range, PageRow row) {
        HeapFile file = range.file();
        if (file.stopped().isEmpty() && row.block() == file.next()) {
            if (file.read(row)) {
                pages.read(file, row);
            }
        }
        return !outOfTime();
    }

    /** The file whose page was asked for when the error came. */
    private static HeapFile turn(List<Range> piece) {
        return piece.stream()
                .filter(range -> range.file().unfinished() && range.file().next() <= range.last())
                .findFirst()
                .orElse(piece.get(piece.size() - 1))
                .file();
    }

    private void note(SQLException error, List<Range> piece, boolean progress) throws SQLException {
        HeapFile file = turn(piece);
        String state = ServerErrors.state(error);
        switch (state) {
            case "XX001", "XX002", "58030" -> {
                pages.unreadable(file);
                file.skip();
            }
            case "57014" -> cancelled(progress);
            case "55P03" -> file.trouble("another session held a lock on it", MOST_TROUBLES);
            case "22023", "42P01" ->
                file.trouble("it changed again and again while its pages were read", MOST_TROUBLES);
            default -> {
                if (ServerErrors.lost(error)) {
                    throw error;
                }
                file.stop("the server refused its pages (state " + state + ")");
            }
        }
    }

    private void cancelled(boolean progress) {
        cancellations++;
        if (cancellations >= MOST_CANCELLATIONS || (!progress && pieceSize == SMALLEST_PIECE)) {
            stopped = Optional.of("the server cancelled the reading, or it took longer than the statement timeout");
        }
        pieceSize = Math.max(SMALLEST_PIECE, pieceSize / 4);
    }
}
