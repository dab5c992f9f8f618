package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.destruction.SettingDocument.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads settings of any form as names with values: properties, YAML, JSON, XML, files of environment variables. */
final class SettingReader {

    private static final Pattern PROPERTY =
            Pattern.compile("\\s*(?:export\\s+)?([\\w.\\[\\]\"-]+)\\s*[=:\\s]\\s*(.*?)\\s*");
    private static final Pattern XML_PROPERTY =
            Pattern.compile("<property\\s+name=\"([^\"]{1,200})\"\\s*(?:value=\"([^\"]{0,200})\"|>([^<]{0,200})<)");
    private static final Pattern XML_COMMENT = Pattern.compile("(?s)<!--.*?-->");
    private static final Pattern PLACE = Pattern.compile("\\$\\{[^}:]+(?::-?([^}]*))?}");
    private static final Pattern PROFILE_OF_NAME = Pattern.compile(
            "(?:application|bootstrap)-([\\w-]+)\\.\\w+|\\.env\\.([\\w-]+)|([\\w-]+)\\.env|.*compose[.-]([\\w-]+)\\.ya?ml");
    private static final int DEEPEST = 60;

    private final String profile;
    private final List<SettingDocument> documents = new ArrayList<>();

    private SettingReader(String name) {
        Matcher matcher = PROFILE_OF_NAME.matcher(name);
        String found = "";
        for (int i = 1; matcher.matches() && i <= matcher.groupCount(); i++) {
            found = matcher.group(i) == null ? found : matcher.group(i);
        }
        this.profile = found.toLowerCase(Locale.ROOT);
    }

    /** The documents of a file; those of one that is broken are read as far as it goes. */
    static List<SettingDocument> read(String name, String text) {
        SettingReader reader = new SettingReader(name);
        if (name.endsWith(".xml")) {
            reader.xml(text);
        } else if (name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".json")) {
            reader.yaml(text);
        } else {
            reader.properties(text);
        }
        return reader.documents;
    }

    private void add(List<Setting> settings) {
        String own = profile;
        for (Setting setting : settings) {
            String key = setting.relaxed();
            if (key.equals("springconfigactivateonprofile") || key.equals("springprofiles")) {
                own = setting.value().toLowerCase(Locale.ROOT);
            }
        }
        documents.add(new SettingDocument(own, settings));
    }

    private static Setting setting(String key, String value, int line) {
        Matcher place = PLACE.matcher(value);
        String known = place.matches() ? Optional.ofNullable(place.group(1)).orElse("") : value;
        return new Setting(key, known.replaceAll("^[\"']|[\"']$", ""), line);
    }

    private void properties(String text) {
        List<Setting> settings = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            int first = i + 1;
            while (line.endsWith("\\") && i + 1 < lines.length) {
                line = line.substring(0, line.length() - 1) + lines[++i].strip();
            }
            Matcher matcher = PROPERTY.matcher(line);
            if (line.startsWith("#---") || line.startsWith("!---")) {
                add(settings);
                settings.clear();
            } else if (!line.startsWith("#") && !line.startsWith("!") && line.length() < 1_000 && matcher.matches()) {
                settings.add(setting(matcher.group(1), matcher.group(2), first));
            }
        }
        add(settings);
    }

    private void xml(String text) {
        String plain = XML_COMMENT.matcher(text).replaceAll(m -> m.group().replaceAll("[^\n]", " "));
        List<Setting> settings = new ArrayList<>();
        Lines lines = new Lines(plain);
        Matcher matcher = XML_PROPERTY.matcher(plain);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            settings.add(setting(matcher.group(1), value.strip(), lines.of(matcher.start())));
        }
        add(settings);
    }

    private void yaml(String text) {
        LoadSettings load = LoadSettings.builder()
                .setUseMarks(true)
                .setMaxAliasesForCollections(500)
                .build();
        Composer composer = new Composer(load, new ParserImpl(load, new StreamReader(load, text)));
        try {
            while (composer.hasNext()) {
                List<Setting> settings = new ArrayList<>();
                flatten("", composer.next(), settings, 0);
                add(settings);
            }
        } catch (YamlEngineException e) {
            // A template, or a file that was cut: what stands before the break is known.
        }
    }

    private static void flatten(String key, Node node, List<Setting> into, int depth) {
        if (depth > DEEPEST || into.size() > 10_000) {
            return;
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name) {
                    String inner = key.isEmpty() ? name.getValue() : key + "." + name.getValue();
                    flatten(inner, tuple.getValueNode(), into, depth + 1);
                }
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(element -> flatten(key, element, into, depth + 1));
        } else if (node instanceof ScalarNode scalar) {
            String value = scalar.getValue();
            int equals = value.indexOf('=');
            boolean variable = equals > 0 && value.substring(0, equals).matches("[A-Z_]+");
            into.add(setting(
                    variable ? key + "." + value.substring(0, equals) : key,
                    variable ? value.substring(equals + 1) : value,
                    node.getStartMark().map(m -> m.getLine() + 1).orElse(1)));
        }
    }
}
