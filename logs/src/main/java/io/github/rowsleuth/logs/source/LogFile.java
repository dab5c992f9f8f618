package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log in a file, packed or not; regular, which the caller has checked. */
final class LogFile implements LogStream {

    private final Path path;
    private final String name;
    private @Nullable BasicFileAttributes before;

    LogFile(Path path, String name) {
        this.path = path;
        this.name = name;
    }

    Path path() {
        return path;
    }

    @Override
    public String name() {
        return name;
    }

    private BasicFileAttributes attributes() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (before == null) {
            before = attributes;
        }
        return attributes;
    }

    @Override
    public InputStream open(Patience patience) throws IOException {
        attributes();
        return Unpacking.of(Files.newInputStream(path));
    }

    @Override
    public InputStream openAt(Patience patience, long from) throws IOException, ProbeUnavailableException {
        Optional<PlainFile> plain = plain();
        return plain.isPresent() ? plain.get().open(from, Long.MAX_VALUE) : LogStream.super.openAt(patience, from);
    }

    @Override
    public Optional<PlainFile> plain() throws IOException {
        long size = attributes().size();
        byte[] first;
        try (InputStream in = Files.newInputStream(path)) {
            first = in.readNBytes(4);
        }
        // a size of zero says nothing: files of /proc have bytes nevertheless
        boolean plain = size > 0 && !Unpacking.isGzip(first) && Unpacking.wide(first) == null;
        return plain ? Optional.of(new PlainFile(path, size)) : Optional.empty();
    }

    @Override
    public boolean isPacked() {
        return name.endsWith(".gz");
    }

    @Override
    public Optional<Instant> written() {
        try {
            return Optional.of(attributes().lastModifiedTime().toInstant());
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    /** Rotation by copytruncate makes a file shorter, rotation by rename puts another one in its place. */
    @Override
    public void check(Consumer<Note> notes) throws IOException {
        BasicFileAttributes opened = before;
        if (opened == null) {
            return;
        }
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            notes.accept(rotated());
            return;
        }
        if (opened.fileKey() != null
                && now.fileKey() != null
                && !opened.fileKey().equals(now.fileKey())) {
            notes.accept(rotated());
        } else if (now.size() < opened.size()) {
            notes.accept(new Note(
                    name + ": a part of the log: the file was cut from " + opened.size()
                            + " bytes while it was read, as rotation does",
                    "lines that were in it may be missing here",
                    "give the rotated copy of the file as well, or read a copy that nothing rotates"));
        } else if (now.size() > opened.size()) {
            notes.accept(new Note(
                    name + ": what was written while it was read: the file grew by " + (now.size() - opened.size())
                            + " bytes",
                    "what the newest lines say is not known",
                    "read it again, from where this reading ended"));
        }
    }

    private Note rotated() {
        return new Note(
                name + ": what was written after it was rotated while it was read",
                "the newest lines are in another file",
                "read the folder again");
    }

    @Override
    public String toString() {
        return name;
    }
}
