package io.github.rowsleuth.git.store;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The few settings of a repository that decide whether it can be read. Files that it includes are never opened.
 *
 * @param objectFormat the hash that names objects
 * @param refStorage how references are stored
 * @param includes whether it includes other files
 * @param partial whether objects are fetched only when they are wanted
 */
record RepositoryConfig(String objectFormat, String refStorage, boolean includes, boolean partial) {

    private static final int MAX_SIZE = 1 << 20;

    static RepositoryConfig read(Path file, Path given) throws IOException, ProbeUnavailableException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new RepositoryConfig("sha1", "files", false, false);
        }
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_SIZE) {
            throw new ProbeUnavailableException(
                    "expected a git configuration of at most 1 MiB in " + given
                            + "; found a larger one, or no plain file",
                    "look at the file config of that repository; no genuine one is that large");
        }
        return parse(RepositoryFolder.smallFile(file.toRealPath()));
    }

    private static RepositoryConfig parse(String text) {
        String section = "";
        String objectFormat = "sha1";
        String refStorage = "files";
        boolean includes = false;
        boolean partial = false;
        for (String raw : (Iterable<String>) text.lines()::iterator) {
            String line = raw.strip().toLowerCase(Locale.ROOT);
            if (line.startsWith("[")) {
                int close = line.indexOf(']');
                section = line.substring(1, close < 0 ? line.length() : close).strip();
                includes |= section.equals("include") || section.startsWith("includeif");
                line = close < 0 ? "" : line.substring(close + 1).strip();
            }
            if (section.equals("extensions")) {
                objectFormat = valueOf(line, "objectformat", objectFormat);
                refStorage = valueOf(line, "refstorage", refStorage);
                partial |= !valueOf(line, "partialclone", "").isEmpty();
            }
            partial |= section.startsWith("remote ")
                    && valueOf(line, "promisor", "").equals("true");
        }
        return new RepositoryConfig(objectFormat, refStorage, includes, partial);
    }

    private static String valueOf(String line, String key, String otherwise) {
        int equals = line.indexOf('=');
        boolean hit = equals > 0 && line.substring(0, equals).strip().equals(key);
        return hit ? line.substring(equals + 1).strip().replace("\"", "") : otherwise;
    }

    void requireReadable(Path given) throws ProbeUnavailableException {
        if (!objectFormat.equals("sha1")) {
            throw new ProbeUnavailableException(
                    "expected a repository with SHA-1 object names at " + given + "; it uses " + objectFormat
                            + " (extensions.objectFormat), which can not be read yet",
                    "examine a SHA-1 clone of it, if there is one");
        }
        if (!refStorage.equals("files") && !refStorage.equals("reftable")) {
            throw new ProbeUnavailableException(
                    "expected references in files or in reftables at " + given + "; it stores them as " + refStorage
                            + " (extensions.refStorage), which can not be read yet",
                    "work on a copy of the repository and run in it: git refs migrate --ref-format=files");
        }
    }
}
