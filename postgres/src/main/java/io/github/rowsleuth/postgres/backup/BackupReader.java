package io.github.rowsleuth.postgres.backup;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.recovery.BackedUpTable;
import io.github.rowsleuth.recovery.Backup;
import io.github.rowsleuth.recovery.BackupFormat;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Recognises a backup by its first bytes, and reads it. */
final class BackupReader {

    private static final int HEAD = 4 << 10;
    private static final int BUFFER = 64 << 10;
    private static final String CONTENTS = "toc.dat";

    private final DumpTime time;
    private final Incident incident;
    private final Pace pace;

    BackupReader(DumpTime time, Incident incident, Pace pace) {
        this.time = time;
        this.incident = incident;
        this.pace = pace;
    }

    /** The backup that is this folder, if it is one. */
    Optional<Backup> folder(Path folder) throws IOException {
        if (Files.isRegularFile(folder.resolve(CONTENTS))) {
            return Optional.of(directory(folder));
        }
        Path label = folder.resolve(BaseBackup.LABEL);
        if (Files.isRegularFile(label)) {
            return Optional.of(BaseBackup.of(
                    folder.toString(), beginning(label), tail(folder.resolve(BaseBackup.MANIFEST)), time));
        }
        return Optional.empty();
    }

    /** The backup that is this file, if it is one. */
    Optional<Backup> file(Path file) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            raw.mark(HEAD);
            byte[] head = raw.readNBytes(HEAD);
            raw.reset();
            if (head.length > 2 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B) {
                return unpacked(file, raw);
            }
            return read(file, head, raw, false);
        }
    }

    private Optional<Backup> unpacked(Path file, InputStream raw) throws IOException {
        try (InputStream plain = new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER)) {
            plain.mark(HEAD);
            byte[] head = plain.readNBytes(HEAD);
            plain.reset();
            return read(file, head, plain, true);
        } catch (ZipException e) {
            return Optional.empty();
        }
    }

    private Optional<Backup> read(Path file, byte[] head, InputStream in, boolean packed) throws IOException {
        if (TableOfContents.begins(head)) {
            // The parts of a directory are found with their folder.
            return file.endsWith(CONTENTS) ? Optional.empty() : Optional.of(custom(file, in, packed));
        }
        if (TarMembers.begins(head)) {
            return tar(file, in);
        }
        return PlainDump.begins(head)
                ? Optional.of(new PlainDump(time).read(file.toString(), in, pace))
                : Optional.empty();
    }

    private Backup custom(Path file, InputStream in, boolean packed) throws IOException {
        TableOfContents contents = TableOfContents.read(new ArchiveInput(in), time);
        List<BackedUpTable> tables = new ArrayList<>();
        Optional<String> damage = Optional.empty();
        for (TableOfContents.Entry entry : contents.entries()) {
            boolean data = entry.data() && entry.stored();
            Optional<Long> rows = Optional.empty();
            if (data && incident.names(entry.table()) && !packed && entry.offset() > 0) {
                try {
                    rows = CustomData.count(file, entry, contents.compression(), pace)
                            .rows();
                } catch (InterruptedIOException e) {
                    throw e;
                } catch (IOException e) {
                    damage = Optional.of("the rows of " + entry.table() + " can not be read: " + e.getMessage());
                }
            }
            tables.add(new BackedUpTable(entry.table(), data, rows));
        }
        return described(file.toString(), BackupFormat.CUSTOM, contents)
                .tables(merged(tables))
                .damage(damage)
                .build();
    }

    private Backup directory(Path folder) throws IOException {
        TableOfContents contents;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(folder.resolve(CONTENTS)), BUFFER)) {
            contents = TableOfContents.read(new ArchiveInput(in), time);
        }
        List<BackedUpTable> tables = new ArrayList<>();
        Optional<String> damage = Optional.empty();
        for (TableOfContents.Entry entry : contents.entries()) {
            Optional<Path> data =
                    entry.data() && entry.stored() ? entry.file().flatMap(f -> part(folder, f)) : Optional.empty();
            boolean stored = data.isPresent();
            if (entry.data() && entry.stored() && !stored) {
                damage = Optional.of("the file with the rows of " + entry.table() + " is missing");
            }
            Optional<Long> rows = stored && incident.names(entry.table()) ? rows(data.get()) : Optional.empty();
            tables.add(new BackedUpTable(entry.table(), stored, rows));
        }
        return described(folder.toString(), BackupFormat.DIRECTORY, contents)
                .tables(merged(tables))
                .damage(damage)
                .build();
    }

    /** The file of a part, whatever it is compressed with. */
    private static Optional<Path> part(Path folder, String name) {
        if (name.contains("/") || name.contains("\\")) {
            return Optional.empty();
        }
        return Stream.of("", ".gz", ".lz4", ".zst")
                .map(ending -> folder.resolve(name + ending))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Optional<Long> rows(Path part) throws IOException {
        String name = part.toString();
        if (!name.endsWith(".dat") && !name.endsWith(".gz")) {
            return Optional.empty();
        }
        try (InputStream raw = Files.newInputStream(part);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw, BUFFER) : raw) {
            return count(in);
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private Optional<Long> count(InputStream in) throws IOException {
        RowCount count = new RowCount();
        byte[] piece = new byte[BUFFER];
        for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
            count.add(piece, got);
            pace.step();
        }
        return count.rows();
    }

    private Optional<Backup> tar(Path file, InputStream in) throws IOException {
        TarMembers members = new TarMembers(in);
        Optional<TarMembers.Member> first = members.next();
        if (first.filter(m -> m.name().equals(CONTENTS)).isPresent()) {
            return Optional.of(tarDump(file, in, members, first.get()));
        }
        for (Optional<TarMembers.Member> member = first; member.isPresent(); member = members.next()) {
            long size = member.get().size();
            if (member.get().name().equals(BaseBackup.LABEL)) {
                byte[] label = in.readNBytes((int) Math.min(size, BaseBackup.LONGEST_LABEL));
                Path manifest = file.resolveSibling(BaseBackup.MANIFEST);
                return Optional.of(BaseBackup.of(
                        file.toString(), new String(label, StandardCharsets.UTF_8), tail(manifest), time));
            }
            members.skip(size);
            pace.step();
        }
        return Optional.empty();
    }

    private Backup tarDump(Path file, InputStream in, TarMembers members, TarMembers.Member toc) throws IOException {
        InputStream within = TarMembers.within(in, toc.size());
        TableOfContents contents = TableOfContents.read(new ArchiveInput(within), time);
        within.readAllBytes();
        Map<String, TableOfContents.Entry> byFile = new HashMap<>();
        contents.entries().forEach(e -> e.file().ifPresent(name -> byFile.put(name, e)));
        Map<TableOfContents.Entry, Optional<Long>> found = new HashMap<>();
        Optional<String> damage = Optional.empty();
        try {
            for (Optional<TarMembers.Member> m = members.next(); m.isPresent(); m = members.next()) {
                TableOfContents.@Nullable Entry entry = byFile.get(m.get().name());
                if (entry != null && incident.names(entry.table())) {
                    found.put(entry, count(TarMembers.within(in, m.get().size())));
                } else {
                    members.skip(m.get().size());
                    if (entry != null) {
                        found.put(entry, Optional.empty());
                    }
                }
                pace.step();
            }
        } catch (EOFException e) {
            damage = Optional.of("the tar file ends too early");
        }
        List<BackedUpTable> tables = contents.entries().stream()
                .map(e -> new BackedUpTable(
                        e.table(), e.data() && found.containsKey(e), found.getOrDefault(e, Optional.empty())))
                .toList();
        return described(file.toString(), BackupFormat.TAR, contents)
                .tables(merged(tables))
                .damage(damage)
                .build();
    }

    private static Backup.Builder described(String path, BackupFormat format, TableOfContents contents) {
        return Backup.builder()
                .path(path)
                .format(format)
                .begun(contents.begun())
                .database(contents.database())
                .serverVersion(contents.serverVersion());
    }

    /** A table has an entry for its definition and one for its rows. */
    private static List<BackedUpTable> merged(List<BackedUpTable> entries) {
        Map<TableName, BackedUpTable> byName = new TreeMap<>();
        entries.forEach(e -> byName.merge(e.table(), e, (a, b) -> a.withData() ? a : b));
        return List.copyOf(byName.values());
    }

    private static String beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BaseBackup.LONGEST_LABEL), StandardCharsets.UTF_8);
        }
    }

    private static Optional<String> tail(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.max(0, Files.size(file) - BaseBackup.MANIFEST_TAIL));
            return Optional.of(new String(in.readNBytes(BaseBackup.MANIFEST_TAIL), StandardCharsets.UTF_8));
        }
    }
}
