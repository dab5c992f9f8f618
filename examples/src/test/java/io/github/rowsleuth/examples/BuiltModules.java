package io.github.rowsleuth.examples;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The four modules as this build has compiled them, and the packages that each means to export. */
final class BuiltModules {

    private static final String ROOT = "io.github.rowsleuth";

    private static final Map<String, Set<String>> EXPORTS = new TreeMap<>(Map.of(
            "core",
            Set.of(
                    ROOT,
                    ROOT + ".evidence",
                    ROOT + ".hypothesis",
                    ROOT + ".imports",
                    ROOT + ".incident",
                    ROOT + ".preservation",
                    ROOT + ".prevention",
                    ROOT + ".probe",
                    ROOT + ".recovery",
                    ROOT + ".server",
                    ROOT + ".sql",
                    ROOT + ".transaction"),
            "postgres",
            Set.of(
                    ROOT + ".postgres",
                    ROOT + ".postgres.backup",
                    ROOT + ".postgres.guard",
                    ROOT + ".postgres.junit",
                    ROOT + ".postgres.watch"),
            "git",
            Set.of(ROOT + ".git"),
            "logs",
            Set.of(ROOT + ".logs", ROOT + ".logs.application")));

    private BuiltModules() {}

    static Map<String, Set<String>> exports() {
        return EXPORTS;
    }

    static Set<String> exportedPackages() {
        return EXPORTS.values().stream().flatMap(Collection::stream).collect(java.util.stream.Collectors.toSet());
    }

    static List<Path> classes() {
        return EXPORTS.keySet().stream()
                .map(module -> folder(module).resolve("target/classes"))
                .toList();
    }

    static Path sources(String module) {
        return folder(module).resolve("src/main/java");
    }

    /** Surefire runs in the folder of this module. */
    private static Path folder(String module) {
        return Path.of("..").resolve(module);
    }
}
