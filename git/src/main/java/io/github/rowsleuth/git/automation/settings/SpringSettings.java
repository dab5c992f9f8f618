package io.github.rowsleuth.git.automation.settings;

import io.github.rowsleuth.git.automation.config.MalformedFileException;
import io.github.rowsleuth.git.automation.config.YamlReader;
import io.github.rowsleuth.git.automation.settings.SettingDocument.Value;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.DatabaseAct.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Resolves the profiles of one application's settings, instead of looking for words in them: the main document, the
 * profiles that are chosen, and what the environment overrides (Spring Boot reference, "Externalized Configuration").
 */
final class SpringSettings {

    private static final Pattern FILE =
            Pattern.compile("(?:application|bootstrap)(?:-[\\w.-]+)?\\.(?:ya?ml|properties)");
    private static final Set<String> DATABASE_KEYS =
            Set.of("springdatasourceurl", "springr2dbcurl", "quarkusdatasourcejdbcurl", "datasourcesdefaulturl");

    private final ProcessSettings process;

    SpringSettings(ProcessSettings process) {
        this.process = process;
    }

    static boolean is(String name) {
        return FILE.matcher(name).matches();
    }

    /** The settings of all applications; each folder of resources is one. */
    List<Setting> in(RepositoryTree tree) {
        Map<String, List<SettingDocument>> byFolder = new TreeMap<>();
        for (TreeFile file : tree.files()) {
            if (is(file.name())) {
                tree.text(file)
                        .ifPresent(text -> byFolder.computeIfAbsent(application(file.folder()), f -> new ArrayList<>())
                                .addAll(documents(file, text)));
            }
        }
        List<Setting> settings = new ArrayList<>();
        byFolder.forEach((folder, documents) -> settings.addAll(application(folder, documents)));
        return settings;
    }

    /** {@code config} below the resources belongs to the same application. */
    private static String application(String folder) {
        return folder.endsWith("/config") ? Paths.folder(folder) : folder;
    }

    private static List<SettingDocument> documents(TreeFile file, String text) {
        if (file.name().endsWith(".properties")) {
            List<SettingDocument> parts = new ArrayList<>();
            parts.add(SettingDocument.ofProperties(file.path(), text));
            return parts;
        }
        try {
            return YamlReader.all(text).stream()
                    .map(root -> SettingDocument.ofYaml(file.path(), root))
                    .toList();
        } catch (MalformedFileException e) {
            return List.of(); // told by whoever reads the surfaces, or of no weight
        }
    }

    private List<Setting> application(String folder, List<SettingDocument> documents) {
        boolean test = ("/" + folder + "/").contains("/test/") || ("/" + folder + "/").contains("/tests/");
        Set<String> active = process.profiles(folder);
        if (active.isEmpty()) {
            active = chosen(documents);
        }
        List<Setting> settings = new ArrayList<>();
        for (String key : SchemaKeys.keys()) {
            String tool = SchemaKeys.tool(key).orElseThrow();
            for (SettingDocument document : documents) {
                Optional<Value> value = document.value(key);
                if (value.isPresent()) {
                    settings.add(setting(tool, key, value.get(), document, documents, active, test, folder));
                }
            }
        }
        return settings;
    }

    private static Set<String> chosen(List<SettingDocument> documents) {
        return documents.stream()
                .filter(d -> d.profile().isEmpty())
                .flatMap(d -> d.value("springprofilesactive").stream())
                .flatMap(v -> List.of(v.filled().split(",", -1)).stream())
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new));
    }

    private Setting setting(
            String tool,
            String key,
            Value value,
            SettingDocument document,
            List<SettingDocument> documents,
            Set<String> active,
            boolean test,
            String folder) {
        Effect effect = SchemaKeys.effect(tool, value.filled());
        List<String> because = new ArrayList<>();
        boolean holds = true;
        if (test) {
            because.add("it lies among the resources of tests");
            holds = false;
        }
        boolean applies = document.profile().filter(p -> !active(p, active)).isEmpty();
        if (!applies) {
            because.add("profile " + document.profile().get() + " is not chosen"
                    + (active.isEmpty() ? "" : "; chosen are " + String.join(", ", active)));
            holds = false;
        } else {
            document.profile().ifPresent(p -> because.add("profile " + p + " is chosen"));
        }
        Optional<Value> stronger = stronger(key, document, documents, active);
        if (applies && stronger.isPresent()) {
            because.add("the chosen profile overrides it with " + stronger.get().filled());
            holds = false;
        }
        Optional<String> environment = process.value(key, folder);
        if (environment.isPresent()) {
            because.add("the environment overrides it: " + environment.get());
            holds = false;
        }
        Optional<String> memory = inMemory(document, documents, active);
        if (memory.isPresent()) {
            because.add("its database is kept in memory: " + memory.get());
            holds = false;
        }
        if (value.fromEnvironment()) {
            because.add("the environment can change it; the default is " + value.filled());
        }
        if (because.isEmpty()) {
            because.add("it stands among the main settings, and nothing that was found overrides it");
        }
        return new Setting(
                effect,
                tool,
                value.key() + ": " + value.text(),
                document.file(),
                value.line(),
                document.profile(),
                holds,
                because,
                false);
    }

    private static boolean active(String expression, Set<String> active) {
        for (String part : expression.split("[|,]", -1)) {
            String profile = part.strip();
            boolean not = profile.startsWith("!");
            if (active.contains(not ? profile.substring(1).strip() : profile) != not) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Value> stronger(
            String key, SettingDocument document, List<SettingDocument> documents, Set<String> active) {
        return document.profile().isPresent()
                ? Optional.empty()
                : documents.stream()
                        .filter(d -> d.profile().filter(p -> active(p, active)).isPresent())
                        .flatMap(d -> d.value(key).stream())
                        .findFirst();
    }

    /** The address of the database, where it is one that no disk holds. */
    private static Optional<String> inMemory(
            SettingDocument document, List<SettingDocument> documents, Set<String> active) {
        List<SettingDocument> nearest = new ArrayList<>(List.of(document));
        documents.stream()
                .filter(d -> d.profile().filter(p -> active(p, active)).isPresent())
                .forEach(nearest::add);
        documents.stream().filter(d -> d.profile().isEmpty()).forEach(nearest::add);
        return nearest.stream()
                .flatMap(d -> DATABASE_KEYS.stream().flatMap(k -> d.value(k).stream()))
                .map(Value::filled)
                .findFirst()
                .filter(url -> url.contains(":mem:") || url.startsWith("jdbc:hsqldb:mem") || url.contains("h2:mem"));
    }
}
