package io.github.rowsleuth.git.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Reads change logs in YAML, and in JSON, which is YAML too. */
final class LiquibaseYaml {

    private final ChangeLog log = new ChangeLog();

    private LiquibaseYaml() {}

    static ChangeLog read(String text) {
        LiquibaseYaml reader = new LiquibaseYaml();
        try {
            LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
            new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
                    .getSingleNode()
                    .ifPresent(reader::document);
        } catch (YamlEngineException e) {
            reader.log.broken = true;
        }
        return reader.log;
    }

    private void document(Node root) {
        for (Node entry : elements(value(root, "databaseChangeLog"))) {
            value(entry, "include").flatMap(i -> text(i, "file")).ifPresent(log.includes::add);
            value(entry, "includeAll").flatMap(i -> text(i, "path")).ifPresent(log.includes::add);
            value(entry, "changeSet").ifPresent(this::changeSet);
        }
    }

    private void changeSet(Node node) {
        log.begin(text(node, "id").orElse("?"), text(node, "author").orElse("?"));
        ChangeSet set = log.sets.get(log.sets.size() - 1);
        elements(value(node, "changes")).forEach(c -> changes(c, set.changes));
        value(node, "rollback").ifPresent(r -> {
            set.ownRollback = true;
            rollback(r, set.rollback);
        });
        log.end();
    }

    private static void rollback(Node node, List<ChangeSet.Change> into) {
        if (node instanceof ScalarNode sql) {
            into.add(new ChangeSet.Change("sql", Map.of(), sql.getValue(), line(node), line(node)));
        } else if (node instanceof MappingNode) {
            changes(node, into);
        } else {
            elements(Optional.of(node)).forEach(c -> rollback(c, into));
        }
    }

    private static void changes(Node node, List<ChangeSet.Change> into) {
        if (!(node instanceof MappingNode mapping)) {
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name) {
                change(name, tuple.getValueNode(), into);
            }
        }
    }

    private static void change(ScalarNode name, Node value, List<ChangeSet.Change> into) {
        Map<String, String> attributes = new HashMap<>();
        String sql = "";
        int sqlLine = line(value);
        if (value instanceof ScalarNode scalar) {
            sql = scalar.getValue();
        } else if (value instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && tuple.getValueNode() instanceof ScalarNode scalar) {
                    attributes.put(key.getValue(), scalar.getValue());
                    if (key.getValue().equals("sql")) {
                        sql = scalar.getValue();
                        sqlLine = line(scalar);
                    }
                }
            }
        }
        into.add(new ChangeSet.Change(name.getValue(), attributes, sql, line(name), sqlLine));
    }

    private static int line(Node node) {
        return node.getStartMark().map(m -> m.getLine() + 1).orElse(1);
    }

    private static Optional<Node> value(Node node, String wanted) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(wanted)) {
                    return Optional.of(tuple.getValueNode());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(Node node, String wanted) {
        return value(node, wanted).filter(ScalarNode.class::isInstance).map(n -> ((ScalarNode) n).getValue());
    }

    private static List<Node> elements(Optional<Node> node) {
        return node.filter(SequenceNode.class::isInstance)
                .map(n -> (List<Node>) new ArrayList<>(((SequenceNode) n).getValue()))
                .orElse(List.of());
    }
}
