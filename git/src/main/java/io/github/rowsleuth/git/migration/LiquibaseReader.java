package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.git.store.StoredFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Puts the change sets of Liquibase together: in the order in which change logs include one another. */
final class LiquibaseReader {

    private final Map<String, ChangeLog> logs = new HashMap<>();
    private final Map<String, StoredFile> files = new HashMap<>();

    static boolean recognises(String text) {
        return text.contains("databaseChangeLog") || formatted(text);
    }

    private static boolean formatted(String text) {
        return text.length() > 20
                && text.substring(0, Math.min(200, text.length()))
                        .toLowerCase(Locale.ROOT)
                        .matches("(?s)\\s*--\\s*liquibase formatted sql.*");
    }

    void add(StoredFile file, String text) {
        String name = file.name().toLowerCase(Locale.ROOT);
        ChangeLog log = name.endsWith(".xml")
                ? LiquibaseXml.read(text)
                : name.endsWith(".sql") ? LiquibaseSql.read(text) : LiquibaseYaml.read(text);
        logs.put(file.path(), log);
        files.put(file.path(), file);
    }

    /**
     * All change sets; those of change logs that nothing includes are not loaded, unless nothing includes anything.
     *
     * @param texts reads a file of the repository by its path
     */
    List<FoundMigration> all(Function<String, Optional<String>> texts) {
        Set<String> included = new LinkedHashSet<>();
        List<String> roots = logs.keySet().stream()
                .filter(path -> logs.keySet().stream()
                        .noneMatch(other -> !other.equals(path)
                                && log(other).includes.stream().anyMatch(i -> matches(other, i, path))))
                .sorted()
                .toList();
        boolean anyIncludes = logs.values().stream().anyMatch(l -> !l.includes.isEmpty());
        for (String root : roots) {
            if (!anyIncludes
                    || !log(root).includes.isEmpty()
                    || root.toLowerCase(Locale.ROOT).matches(".*(?:master|root|main)[^/]*")) {
                visit(root, included);
            }
        }
        List<FoundMigration> found = new ArrayList<>();
        Set<String> order = new LinkedHashSet<>(included);
        logs.keySet().stream().sorted().forEach(order::add);
        int place = 0;
        for (String path : order) {
            for (ChangeSet set : log(path).sets) {
                Function<String, Optional<String>> near = name -> near(path, name, texts);
                found.add(FoundMigration.of(
                                "liquibase",
                                set.author + ":" + set.id,
                                Objects.requireNonNull(files.get(path)),
                                set.up(near),
                                set.down(near))
                        .loadedIf(included.contains(path))
                        .at(place++));
            }
        }
        return found;
    }

    private ChangeLog log(String path) {
        return Objects.requireNonNull(logs.get(path));
    }

    private void visit(String path, Set<String> into) {
        if (!into.add(path)) {
            return;
        }
        for (String include : log(path).includes) {
            logs.keySet().stream()
                    .sorted()
                    .filter(other -> matches(path, include, other))
                    .forEach(other -> visit(other, into));
        }
    }

    /** An include names a file, or a folder, from where its own file stands or from some root of the class path. */
    private static boolean matches(String from, String include, String path) {
        String name = include.replaceAll("^(?:classpath:|\\./|/)+", "").replaceAll("/$", "");
        if (name.isEmpty() || path.equals(from)) {
            return false;
        }
        String folder = from.substring(0, from.lastIndexOf('/') + 1);
        String near = folder + name;
        return path.equals(near)
                || path.startsWith(near + "/")
                || path.endsWith("/" + name)
                || path.contains("/" + name + "/")
                || path.equals(name);
    }

    private static Optional<String> near(String from, String name, Function<String, Optional<String>> texts) {
        String plain = name.replaceAll("^(?:classpath:|\\./|/)+", "");
        return texts.apply(from.substring(0, from.lastIndexOf('/') + 1) + plain).or(() -> texts.apply(plain));
    }
}
