package io.github.rowsleuth.git.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** References in files: loose ones, and those in {@code packed-refs}. Symbolic links are not followed. */
final class ReferenceFiles {

    private static final int MAX_DEPTH = 12;
    private static final int MAX_FILES = 200_000;

    private ReferenceFiles() {}

    static void read(Path folder, Map<String, String> into) throws IOException {
        packed(folder.resolve("packed-refs"), into);
        loose(folder, folder.resolve("refs"), into);
    }

    private static void packed(Path file, Map<String, String> into) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        // Names of references are bytes; Latin-1 keeps each, where UTF-8 would refuse the file for one bad name.
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.length() > 41 && line.charAt(40) == ' ' && line.startsWith("refs/", 41)) {
                    into.put(utf8(line.substring(41)), line.substring(0, 40));
                }
            }
        }
    }

    private static String utf8(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static void loose(Path root, Path folder, Map<String, String> into) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder, MAX_DEPTH)) {
            for (Path file : (Iterable<Path>)
                    files.filter(f -> !f.toString().endsWith(".lock")).limit(MAX_FILES)::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    String name = root.relativize(file).toString().replace('\\', '/');
                    into.put(name, RepositoryFolder.smallFile(file).strip());
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }
}
