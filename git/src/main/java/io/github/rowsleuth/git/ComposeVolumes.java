package io.github.rowsleuth.git;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.MalformedFileException;
import io.github.rowsleuth.git.automation.config.YamlReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the volumes are called in which a file of compose keeps the data of PostgreSQL. */
final class ComposeVolumes {

    private static final Pattern FILE = Pattern.compile("(?:docker-|podman-)?compose(?:[.-].*)?\\.ya?ml");
    private static final Pattern DATA = Pattern.compile("/var/lib/postgresql(?:/.*)?|/bitnami/postgresql(?:/.*)?");
    private static final Pattern PROJECT =
            Pattern.compile("(?m)^\\s*(?:export\\s+)?COMPOSE_PROJECT_NAME\\s*=\\s*[\"']?([^\"'\\s#]+)");

    private final ConfigNode root;
    private final String project;

    private ComposeVolumes(ConfigNode root, String project) {
        this.root = root;
        this.project = project;
    }

    static boolean isFile(String name) {
        return FILE.matcher(name).matches();
    }

    /**
     * The full name of each volume, by the service and the folder where it is mounted; empty where the file can not be read.
     *
     * @param text what the file holds
     * @param environment what {@code .env} beside it holds, empty where there is none
     * @param folder the name of the folder that it lies in
     */
    static Map<String, String> names(String text, String environment, String folder) {
        try {
            List<ConfigNode> documents = YamlReader.all(text);
            return documents.isEmpty()
                    ? Map.of()
                    : new ComposeVolumes(documents.get(0), project(documents.get(0), environment, folder)).names();
        } catch (MalformedFileException e) {
            return Map.of();
        }
    }

    private static String project(ConfigNode root, String environment, String folder) {
        Matcher variable = PROJECT.matcher(environment);
        String name = variable.find()
                ? variable.group(1)
                : Optional.of(root.at("name").text()).filter(n -> !n.isEmpty()).orElse(folder);
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", "");
    }

    private Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        for (ConfigNode.Entry service : root.at("services").entries()) {
            for (ConfigNode mount : service.value().at("volumes").items()) {
                String[] parts = mount.text().split(":", -1);
                String source = mount.isText() ? parts[0] : mount.at("source").text();
                String target = mount.isText() && parts.length > 1
                        ? parts[1]
                        : mount.at("target").text();
                if (DATA.matcher(target).matches() && declared(source)) {
                    names.put(service.key() + " " + target, name(source));
                }
            }
        }
        return names;
    }

    /** Most are declared with nothing but their name. */
    private boolean declared(String source) {
        return root.at("volumes").entries().stream().anyMatch(e -> e.key().equals(source));
    }

    private String name(String key) {
        ConfigNode volume = root.at("volumes", key);
        String own = volume.at("name").text();
        if (!own.isEmpty()) {
            return own;
        }
        return volume.at("external").isTrue() ? key : project + "_" + key;
    }
}
