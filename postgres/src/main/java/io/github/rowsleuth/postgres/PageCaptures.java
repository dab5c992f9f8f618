package io.github.rowsleuth.postgres;

import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.PageCapture;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what is read in files, one for each heap. The first trouble with the disk ends the keeping, not the reading. */
final class PageCaptures {

    /** A file in the making, and which of its pages are only zeros because the server could not read them. */
    private record Open(PageFile file, List<Long> missing) {}

    private final Path folder;
    private final PageFile.Opener opener;
    private final int pageSize;
    private final Server server;
    private final Session session;
    private final Instant began;
    private final Map<HeapFile, Open> files = new LinkedHashMap<>();
    private final Map<HeapFile, PageCapture> captures = new HashMap<>();
    private Optional<PageFile> current = Optional.empty();
    private Optional<String> trouble = Optional.empty();

    PageCaptures(Path folder, PageFile.Opener opener, int pageSize, Server server, Session session) {
        this.folder = folder;
        this.opener = opener;
        this.pageSize = pageSize;
        this.server = server;
        this.session = session;
        this.began = session.examination().clock().instant();
    }

    /** The name of the file that keeps the pages of a file of the server, without number and suffix. */
    static String stem(Server server, String path) {
        return server.identity().systemIdentifier().orElse("unknown") + "-" + path.replaceAll("[^A-Za-z0-9_]", "-");
    }

    void keep(HeapFile file, byte[] bytes, int start) {
        if (trouble.isEmpty()) {
            try {
                open(file).file().write(bytes, start);
            } catch (IOException e) {
                fail(file, e);
            }
        }
    }

    /** Keeps the fact that there is no page. */
    void keepEmpty(HeapFile file) {
        if (trouble.isEmpty()) {
            try {
                open(file);
            } catch (IOException e) {
                fail(file, e);
            }
        }
    }

    void keepPlaceOf(HeapFile file, long block) {
        keep(file, new byte[pageSize], 0);
        Optional.ofNullable(files.get(file)).ifPresent(open -> open.missing().add(block));
    }

    private Open open(HeapFile file) throws IOException {
        Open open = files.get(file);
        if (open == null) {
            open = new Open(PageFile.create(folder, stem(server, file.path()), pageSize, opener), new ArrayList<>());
            files.put(file, open);
        }
        if (current.isPresent() && !current.get().equals(open.file())) {
            current.get().pause();
        }
        current = Optional.of(open.file());
        return open;
    }

    private void fail(HeapFile file, IOException e) {
        trouble = Optional.of(reason(e));
        session.examination()
                .gap(
                        "the pages of " + file.label() + " could not be kept in " + folder + ": " + trouble.get(),
                        "no copy of them, or of those read later, is whole; the reading went on",
                        "make room and see that the folder is there and can be written to, then ask again, soon");
    }

    private static String reason(IOException e) {
        String said = e instanceof FileSystemException f
                ? Optional.ofNullable(f.getReason()).orElse("")
                : Optional.ofNullable(e.getMessage()).orElse("");
        return e.getClass().getSimpleName() + (said.isEmpty() ? "" : ": " + said);
    }

    /** Ends all files, and describes each. */
    void finish() {
        files.forEach((heap, open) -> {
            try {
                PageCapture capture = open.file().finish();
                captures.put(heap, capture);
                open.file().describe(words(heap, open, capture));
            } catch (IOException e) {
                if (trouble.isEmpty()) {
                    fail(heap, e);
                }
            }
        });
    }

    private String words(HeapFile heap, Open open, PageCapture capture) {
        Instant ended = session.examination().clock().instant();
        return """
                Pages of %s, read by Rowsleuth from %s to %s
                server             %s
                system identifier  %s
                relation           oid %d, file %s
                pages              %d of %d, of %d bytes each, from block 0 on
                not readable       %s
                changes up to      %s, the oldest page %s
                SHA-256            %s
                """.formatted(
                        printable(heap.label()),
                        began,
                        ended,
                        printable(session.at(heap.path()).source()),
                        server.identity().systemIdentifier().orElse("unknown"),
                        heap.oid(),
                        heap.path(),
                        capture.pages(),
                        heap.pages(),
                        pageSize,
                        open.missing().isEmpty() ? "none" : "blocks " + open.missing() + ", zeros here",
                        new Lsn(heap.lastLsn()),
                        new Lsn(heap.firstLsn()),
                        capture.sha256());
    }

    // A name may hold line breaks, which would forge a line.
    private static String printable(String text) {
        return text.replaceAll("\\p{C}", "?");
    }

    Optional<PageCapture> of(HeapFile file) {
        return Optional.ofNullable(captures.get(file));
    }
}
