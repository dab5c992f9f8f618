package io.github.rowsleuth.git.automation.settings;

import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.DatabaseAct.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What files that start processes put into their environment, as far as it changes a schema or chooses a profile. */
final class ProcessSettings {

    private static final Pattern VARIABLE = Pattern.compile(
            "(?:^|[\\s\"'\\-])(SPRING_[A-Z0-9_]{3,80}|HIBERNATE_[A-Z0-9_]{3,80}|QUARKUS_[A-Z0-9_]{3,80}|"
                    + "-D(?:spring|hibernate|quarkus)[\\w.-]{3,80}|--spring[\\w.-]{3,80})[\"']?\\s{0,3}[=:]\\s{0,3}[\"']?([^\\s\"']{1,200})");
    private static final Pattern FILES = Pattern.compile(
            "(?i).*(?:compose.*\\.ya?ml|dockerfile.*|.*\\.dockerfile|procfile|\\.env(?:\\.[\\w-]+)?|.*\\.env|.*\\.service|.*\\.sh"
                    + "|.*\\.ya?ml|fly\\.toml|railway\\.(?:toml|json)|app\\.json)");
    private static final int MAX_LINE = 2_000;

    private record Found(String key, String value, String name, String file, int line) {}

    private final List<Found> found = new ArrayList<>();

    ProcessSettings(RepositoryTree tree) {
        for (TreeFile file : tree.files()) {
            boolean settings = SpringSettings.is(file.name());
            if (!settings && FILES.matcher(file.name()).matches()) {
                tree.text(file)
                        .filter(t -> t.contains("SPRING_")
                                || t.contains("spring.")
                                || t.contains("QUARKUS_")
                                || t.contains("HIBERNATE_"))
                        .ifPresent(t -> read(file.path(), t));
            }
        }
    }

    private void read(String path, String text) {
        String[] lines = text.split("\n", 20_000);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].length() > MAX_LINE || lines[i].strip().startsWith("#")) {
                continue;
            }
            Matcher variable = VARIABLE.matcher(lines[i]);
            while (variable.find()) {
                String name = variable.group(1).replaceFirst("^(?:-D|--)", "");
                found.add(new Found(SchemaKeys.plain(name), variable.group(2), name, path, i + 1));
            }
        }
    }

    /** The value that the environment gives, with where it stands; of a file near the application only. */
    Optional<String> value(String plainKey, String folder) {
        return found.stream()
                .filter(f -> f.key.equals(plainKey) && near(f, folder))
                .map(f -> f.name + "=" + f.value + " in " + f.file)
                .findFirst();
    }

    Set<String> profiles(String folder) {
        Set<String> profiles = new TreeSet<>();
        found.stream()
                .filter(f -> f.key.equals("springprofilesactive") && near(f, folder) && !f.value.contains("$"))
                .forEach(f -> profiles.addAll(List.of(f.value.split(",", -1))));
        return profiles;
    }

    /** A file belongs to an application if it lies beside it or above it. */
    private static boolean near(Found setting, String folder) {
        String at = Paths.folder(setting.file);
        return at.isEmpty() || (folder + "/").startsWith(at + "/");
    }

    /** Settings of the schema that stand in the environment itself. */
    List<Setting> settings() {
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (Found one : found) {
            Optional<String> tool = SchemaKeys.tool(one.key);
            if (tool.isPresent()) {
                Effect effect = SchemaKeys.effect(tool.get(), one.value);
                settings.putIfAbsent(
                        one.file + ":" + one.line,
                        new Setting(
                                effect,
                                tool.get(),
                                one.name + "=" + one.value,
                                one.file,
                                one.line,
                                Optional.empty(),
                                true,
                                List.of("the environment of a process overrides the files of settings"),
                                false));
            }
        }
        return List.copyOf(settings.values());
    }
}
