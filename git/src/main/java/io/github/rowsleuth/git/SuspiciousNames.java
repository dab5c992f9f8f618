package io.github.rowsleuth.git;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that speak of removing. A weak sign: most destructive files have harmless names, and the other way round. */
final class SuspiciousNames {

    private static final Pattern WORDS =
            Pattern.compile("clean|delete|purge|reset|truncate|wipe|drop|remove|clear|prune|nuke");
    private static final Set<String> SCRIPT_FOLDERS = Set.of(
            "scripts",
            "script",
            "bin",
            "tools",
            "ops",
            "maintenance",
            "db",
            "database",
            "sql",
            "jobs",
            "cron",
            "tasks",
            "utilities",
            "utils",
            "hack");

    private SuspiciousNames() {}

    static boolean suspicious(StoredFile file) {
        return WORDS.matcher(file.name().toLowerCase(Locale.ROOT)).find();
    }

    /** Whether a person or a job would start this file, as opposed to a part of an application. */
    static boolean scriptLike(StoredFile file, Language language, String text) {
        return language == Language.SQL
                || language == Language.SHELL
                || file.folder().isEmpty()
                || SCRIPT_FOLDERS.contains(file.parentName().toLowerCase(Locale.ROOT))
                || text.startsWith("#!")
                || text.contains("__main__");
    }
}
