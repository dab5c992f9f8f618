package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.tree.Paths;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Files whose names put them out of use. */
final class Shelved {

    private static final Set<String> ENDINGS = Set.of(
            "disabled",
            "disable",
            "bak",
            "backup",
            "old",
            "orig",
            "off",
            "unused",
            "inactive",
            "deprecated",
            "sample",
            "example",
            "dist",
            "template",
            "save",
            "archived",
            "skip",
            "rej");

    private Shelved() {}

    /** The name without an ending that puts it out of use. */
    static String inUse(String name) {
        int dot = name.lastIndexOf('.');
        boolean shelved = dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
        return shelved ? name.substring(0, dot) : name;
    }

    static Optional<String> reason(String path) {
        String name = Paths.name(path);
        return inUse(name).equals(name) ? Optional.empty() : Optional.of(name + " is out of use by its name");
    }
}
