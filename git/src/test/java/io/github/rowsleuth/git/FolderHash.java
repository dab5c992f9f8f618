package io.github.rowsleuth.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What changes when anything below a folder is written: paths, contents and times of modification. */
final class FolderHash {

    private FolderHash() {}

    static String of(Path folder) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path path : below(folder)) {
            digest.update((folder.relativize(path) + " " + Files.getLastModifiedTime(path) + "\n")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            if (Files.isRegularFile(path)) {
                digest.update(Files.readAllBytes(path));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted().toList();
        }
    }
}
