package io.github.rowsleuth.git.store;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names by which people put a file out of use without deleting it. */
public final class ShelvedNames {

    private static final Set<String> ENDINGS = Set.of(
            "disabled",
            "disable",
            "bak",
            "backup",
            "old",
            "orig",
            "off",
            "deprecated",
            "archived",
            "unused",
            "obsolete",
            "donotrun",
            "dontrun",
            "skip",
            "removed");
    private static final Pattern PREFIX =
            Pattern.compile("(?i)[._-]?(?:DANGEROUS|DISABLED|DEPRECATED|DO[_-]?NOT[_-]?RUN)[._-].+");
    private static final Set<String> FOLDERS = Set.of(
            "archive",
            "archived",
            "archives",
            "attic",
            "backup",
            "backups",
            "deprecated",
            "disabled",
            "graveyard",
            "legacy",
            "obsolete",
            "old",
            "retired",
            "trash",
            "unused");

    private ShelvedNames() {}

    /**
     * {@return the name of a file without endings such as {@code .disabled} that put it out of use}
     *
     * @param name the name without its folders
     */
    public static String inUse(String name) {
        String left = name;
        for (int dot = left.lastIndexOf('.');
                dot > 0 && shelvedEnding(left.substring(dot + 1));
                dot = left.lastIndexOf('.')) {
            left = left.substring(0, dot);
        }
        return left;
    }

    /** {@code old}, {@code old2}, {@code bak-2024}. */
    private static boolean shelvedEnding(String ending) {
        String word = ending.toLowerCase(Locale.ROOT).replaceAll("[-_]?\\d+$", "");
        return ENDINGS.contains(word);
    }

    /**
     * {@return whether a file of that path is out of use, by its name or a folder above it}
     *
     * @param path the path, with slashes
     */
    public static boolean shelved(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        List<String> folders = List.of(path.toLowerCase(Locale.ROOT).split("/", -1));
        return !inUse(name).equals(name)
                || PREFIX.matcher(name).matches()
                || folders.subList(0, folders.size() - 1).stream().anyMatch(FOLDERS::contains);
    }
}
