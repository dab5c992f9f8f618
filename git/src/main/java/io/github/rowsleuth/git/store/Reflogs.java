package io.github.rowsleuth.git.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Commits that only the logs of references still name: amended, reset away, or of branches that were deleted. They
 * stay in a repository for weeks (git-gc(1), {@code gc.reflogExpire}).
 */
final class Reflogs {

    private static final int MAX_LOGS = 2_000;
    private static final int MAX_READ = 1 << 20;
    private static final int MAX_DEPTH = 12;

    private Reflogs() {}

    /** The objects that the logs name, in no order; logs that can not be read are passed over. */
    static Set<ObjectId> read(RepositoryFolder folder) {
        Set<ObjectId> ids = new LinkedHashSet<>();
        for (Path file : files(folder)) {
            try (InputStream in = Files.newInputStream(file)) {
                in.skipNBytes(Math.max(0, Files.size(file) - MAX_READ));
                lines(new String(in.readNBytes(MAX_READ), StandardCharsets.UTF_8), ids);
            } catch (IOException e) {
                // a log is a second source only
            }
        }
        ids.remove(ObjectId.zeroId());
        return ids;
    }

    private static List<Path> files(RepositoryFolder folder) {
        Path logs = folder.commonFolder().resolve("logs");
        if (!Files.isDirectory(logs, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(logs, MAX_DEPTH)) {
            return files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .limit(MAX_LOGS)
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private static void lines(String text, Set<ObjectId> into) {
        for (String line : text.split("\n", -1)) {
            if (line.length() > 81 && line.charAt(40) == ' ' && line.charAt(81) == ' ') {
                add(line.substring(0, 40), into);
                add(line.substring(41, 81), into);
            }
        }
    }

    private static void add(String hex, Set<ObjectId> into) {
        if (ObjectId.isId(hex)) {
            into.add(ObjectId.fromString(hex));
        }
    }
}
