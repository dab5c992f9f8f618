package io.github.rowsleuth.postgres;

import io.github.rowsleuth.transaction.PageCapture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** A new file that takes pages, readable by its owner alone. It never touches a file that is there already. */
final class PageFile {

    private static final int MOST_OF_ONE_NAME = 1_000;
    private static final String PAGES = ".pages";
    private static final String WORDS = ".txt";

    /** Opens a file for writing; the file system's own way except in tests. */
    @FunctionalInterface
    interface Opener {
        SeekableByteChannel open(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException;
    }

    private final Path path;
    private final int pageSize;
    private final Opener opener;
    private final MessageDigest digest = sha256();
    private Optional<SeekableByteChannel> channel;
    private long pages;

    private PageFile(Path path, SeekableByteChannel channel, int pageSize, Opener opener) {
        this.path = path;
        this.channel = Optional.of(channel);
        this.pageSize = pageSize;
        this.opener = opener;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Makes the file; with a number behind the stem where the name is taken. */
    static PageFile create(Path folder, String stem, int pageSize, Opener opener) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(folder.toString());
        }
        for (int number = 1; number <= MOST_OF_ONE_NAME; number++) {
            String name = stem + (number == 1 ? "" : "-" + number);
            Path path = folder.resolve(name + PAGES);
            boolean described = Files.exists(folder.resolve(name + WORDS), LinkOption.NOFOLLOW_LINKS);
            if (!described && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return new PageFile(path, makeNew(path, opener), pageSize, opener);
            }
        }
        throw new FileAlreadyExistsException(folder.resolve(stem).toString());
    }

    // The system refuses if somebody else has made it meanwhile, or put a link there.
    private static SeekableByteChannel makeNew(Path path, Opener opener) throws IOException {
        return opener.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(path));
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    Path path() {
        return path;
    }

    long pages() {
        return pages;
    }

    /** Appends a page. A page that does not fit on the disk is taken back whole. */
    void write(byte[] bytes, int start) throws IOException {
        SeekableByteChannel out = open();
        ByteBuffer page = ByteBuffer.wrap(bytes, start, pageSize);
        try {
            while (page.hasRemaining()) {
                out.write(page);
            }
        } catch (IOException e) {
            out.truncate(pages * pageSize);
            throw e;
        }
        digest.update(bytes, start, pageSize);
        pages++;
    }

    private SeekableByteChannel open() throws IOException {
        if (channel.isEmpty()) {
            channel = Optional.of(opener.open(
                    path, Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)));
        }
        return channel.get();
    }

    /** Lets go of the file until more is written: there are more tables than a process may have files. */
    void pause() throws IOException {
        if (channel.isPresent()) {
            channel.get().close();
            channel = Optional.empty();
            toDisk(path);
        }
    }

    /** Ends the file, and says what is in it. */
    PageCapture finish() throws IOException {
        pause();
        return new PageCapture(path, pages, HexFormat.of().formatHex(digest.digest()));
    }

    /** Writes what a reader needs to know into a file beside it. */
    void describe(String text) throws IOException {
        String name = path.getFileName().toString();
        Path manifest = path.resolveSibling(name.substring(0, name.length() - PAGES.length()) + WORDS);
        try (SeekableByteChannel out = makeNew(manifest, opener)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
        toDisk(manifest);
    }

    private static void toDisk(Path file) throws IOException {
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            written.force(true);
        }
    }
}
