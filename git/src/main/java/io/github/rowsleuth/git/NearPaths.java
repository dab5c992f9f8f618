package io.github.rowsleuth.git;

import io.github.rowsleuth.git.store.StoredFile;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a person may have meant by a path that does not exist. */
final class NearPaths {

    private static final int MAX_OFFERED = 3;

    private NearPaths() {}

    static List<String> to(String wanted, List<StoredFile> files) {
        String name = wanted.substring(wanted.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return files.stream()
                .map(StoredFile::path)
                .filter(p -> distance(p, name) <= Math.max(3, name.length() / 2))
                .sorted(Comparator.comparingInt((String p) -> distance(p, name)).thenComparing(p -> p))
                .limit(MAX_OFFERED)
                .toList();
    }

    /** How many letters differ, at most, at the beginning and at the end of the names. */
    private static int distance(String path, String name) {
        String other = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int shorter = Math.min(other.length(), name.length());
        int same = 0;
        while (same < shorter && other.charAt(same) == name.charAt(same)) {
            same++;
        }
        int tail = 0;
        while (tail < shorter - same
                && other.charAt(other.length() - 1 - tail) == name.charAt(name.length() - 1 - tail)) {
            tail++;
        }
        return Math.max(other.length(), name.length()) - same - tail;
    }
}
