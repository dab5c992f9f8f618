package io.github.rowsleuth.git.automation.settings;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One document of settings: a file of properties, or one document of YAML, its nested keys joined with dots.
 *
 * @param profile the profile that it is for; empty where it holds for all
 */
record SettingDocument(String file, Optional<String> profile, Map<String, Value> values) {

    private static final Pattern NAMED =
            Pattern.compile("(?:application|bootstrap)-([\\w.-]+?)\\.(?:ya?ml|properties)");
    private static final Pattern PROPERTY = Pattern.compile("^\\s*([^#!\\s=:][^=:\\s]{0,200})\\s*[=:]\\s*(.*)$");
    private static final int MAX_DEPTH = 20;

    /** A value with the key as it is written. */
    record Value(String key, String text, int line) {

        /** The value, with the default where a variable stands. */
        String filled() {
            Matcher hole = Pattern.compile("\\$\\{[^:}]{1,200}:([^}]{0,200})}").matcher(text);
            return hole.replaceAll("$1").strip();
        }

        boolean fromEnvironment() {
            return text.contains("${");
        }
    }

    Optional<Value> value(String plainKey) {
        return Optional.ofNullable(values.get(plainKey));
    }

    static SettingDocument ofProperties(String file, String text) {
        Map<String, Value> values = new LinkedHashMap<>();
        String[] lines = text.split("\n", 20_000);
        for (int i = 0; i < lines.length; i++) {
            Matcher property = lines[i].length() > 2_000 ? PROPERTY.matcher("") : PROPERTY.matcher(lines[i]);
            if (property.matches()) {
                String key = property.group(1);
                values.put(
                        SchemaKeys.plain(key), new Value(key, property.group(2).strip(), i + 1));
            }
        }
        return new SettingDocument(file, profile(file, values), values);
    }

    static SettingDocument ofYaml(String file, ConfigNode root) {
        Map<String, Value> values = new LinkedHashMap<>();
        collect("", root, values, 0);
        return new SettingDocument(file, profile(file, values), values);
    }

    private static void collect(String prefix, ConfigNode node, Map<String, Value> into, int depth) {
        for (Entry entry : node.entries()) {
            String key = prefix.isEmpty() ? entry.key() : prefix + "." + entry.key();
            if (entry.value().isMapping() && depth < MAX_DEPTH) {
                collect(key, entry.value(), into, depth + 1);
            } else {
                List<String> texts = entry.value().texts();
                String text = entry.value().isText() ? entry.value().text() : String.join(",", texts);
                into.put(SchemaKeys.plain(key), new Value(key, text, entry.line()));
            }
        }
    }

    private static Optional<String> profile(String file, Map<String, Value> values) {
        Matcher named = NAMED.matcher(file.substring(file.lastIndexOf('/') + 1));
        if (named.matches()) {
            return Optional.of(named.group(1));
        }
        return Optional.ofNullable(values.get("springconfigactivateonprofile"))
                .or(() -> Optional.ofNullable(values.get("springprofiles")))
                .map(v -> v.text().strip())
                .filter(p -> !p.isEmpty());
    }
}
