package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.store.StoredFile;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names that speak of removing. A weak sign: most destructive files have harmless names, and the other way round. */
public final class SuspiciousNames {

    private static final Pattern WORDS =
            Pattern.compile("clean|delete|purge|reset|truncate|wipe|drop|remove|clear|prune|nuke|destroy|flush");

    private SuspiciousNames() {}

    /**
     * {@return whether the name of the file speaks of removing}
     *
     * @param file the file
     */
    public static boolean suspicious(StoredFile file) {
        return WORDS.matcher(file.name().toLowerCase(Locale.ROOT)).find();
    }
}
