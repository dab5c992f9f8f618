package io.github.rowsleuth.git.automation.config;

import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML by its nodes: no value of a type of its own is ever made, a key such as {@code on} stays a text, and a tag
 * that nobody knows does no harm. Merge keys are resolved here, since the parser leaves them as keys.
 */
public final class YamlReader {

    private static final int MAX_ALIASES = 500;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_VALUES = 200_000;
    private static final int MAX_DOCUMENTS = 200;

    private final IdentityHashMap<Node, ConfigNode> known = new IdentityHashMap<>();
    private int made;

    private YamlReader() {}

    /** The documents of the text. */
    public static List<ConfigNode> all(String text) throws MalformedFileException {
        LoadSettings settings = LoadSettings.builder()
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setAllowRecursiveKeys(false)
                .setAllowDuplicateKeys(true)
                .setUseMarks(true)
                .setLabel("a file")
                .build();
        List<ConfigNode> documents = new ArrayList<>();
        try {
            Composer roots = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)));
            while (documents.size() < MAX_DOCUMENTS && roots.hasNext()) {
                Node root = roots.next();
                YamlReader reader = new YamlReader();
                ConfigNode document = reader.convert(root, 0);
                if (document.size(MAX_VALUES) > MAX_VALUES) {
                    throw new MalformedFileException("its aliases expand to more than " + MAX_VALUES + " values");
                }
                documents.add(document);
            }
            return documents;
        } catch (YamlEngineException e) {
            throw new MalformedFileException("it is no YAML" + place(e));
        } catch (StackOverflowError e) {
            throw new MalformedFileException("its values are nested too deep");
        } catch (RuntimeException e) {
            // The parser lets some of its own faults through, such as an index out of bounds on a broken escape.
            throw new MalformedFileException("it is no YAML (" + e.getClass().getSimpleName() + " of the parser)");
        }
    }

    private static String place(YamlEngineException e) {
        return e instanceof MarkedYamlEngineException marked
                ? marked.getProblemMark()
                        .map(m -> ": line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1))
                        .orElse("")
                : "";
    }

    private ConfigNode convert(Node node, int depth) throws MalformedFileException {
        ConfigNode before = known.get(node);
        if (before != null) {
            return before;
        }
        if (depth > MAX_DEPTH || ++made > MAX_VALUES) {
            throw new MalformedFileException("its values are nested too deep, or there are too many");
        }
        known.put(node, ConfigNode.MISSING); // met again within itself
        ConfigNode made = make(node, depth);
        known.put(node, made);
        return made;
    }

    private ConfigNode make(Node node, int depth) throws MalformedFileException {
        int line = node.getStartMark().map(m -> m.getLine() + 1).orElse(0);
        if (node instanceof ScalarNode scalar) {
            boolean block =
                    scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED;
            return block ? ConfigNode.block(scalar.getValue(), line) : ConfigNode.text(scalar.getValue(), line);
        }
        if (node instanceof SequenceNode sequence) {
            return list(sequence, line, depth);
        }
        return node instanceof MappingNode mapping ? mapping(mapping, line, depth) : ConfigNode.MISSING;
    }

    /** A tag such as {@code !reference [job, script]} is kept as a mapping of the tag to the list. */
    private ConfigNode list(SequenceNode sequence, int line, int depth) throws MalformedFileException {
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(convert(item, depth + 1));
        }
        ConfigNode list = ConfigNode.list(items, line);
        String tag = sequence.getTag().getValue();
        return tag.startsWith("!") ? ConfigNode.mapping(List.of(new Entry(tag, line, list)), line) : list;
    }

    private ConfigNode mapping(MappingNode mapping, int line, int depth) throws MalformedFileException {
        List<Entry> own = new ArrayList<>();
        List<Entry> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = key(tuple.getKeyNode());
            int keyLine =
                    tuple.getKeyNode().getStartMark().map(m -> m.getLine() + 1).orElse(line);
            ConfigNode value = convert(tuple.getValueNode(), depth + 1);
            if (key.equals("<<")) {
                value.items().forEach(source -> merged.addAll(source.entries()));
            } else {
                own.add(new Entry(key, keyLine, value));
            }
        }
        var keys = own.stream().map(Entry::key).collect(Collectors.toCollection(java.util.HashSet::new));
        for (Entry entry : merged) {
            if (keys.add(entry.key())) {
                own.add(entry);
            }
        }
        if (own.size() > MAX_VALUES) {
            throw new MalformedFileException("its merge keys expand to more than " + MAX_VALUES + " values");
        }
        return ConfigNode.mapping(own, line);
    }

    private static String key(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
