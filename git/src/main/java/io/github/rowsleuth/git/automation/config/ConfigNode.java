package io.github.rowsleuth.git.automation.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A value in a file of settings: a text, a list or a mapping. A path that leads nowhere gives {@link #MISSING}, which
 * answers every question, so that a reader may ask for what it hopes for.
 */
public final class ConfigNode {

    /** What is not there. */
    public static final ConfigNode MISSING = new ConfigNode(Kind.MISSING, 0, "", List.of(), List.of(), false);

    private static final Set<String> YES = Set.of("true", "yes", "on");
    private static final Set<String> NO = Set.of("false", "no", "off");

    private enum Kind {
        TEXT,
        LIST,
        MAPPING,
        MISSING
    }

    /** A key with its value. */
    public record Entry(String key, int line, ConfigNode value) {}

    private final Kind kind;
    private final int line;
    private final String text;
    private final List<ConfigNode> items;
    private final List<Entry> entries;
    private final boolean block;

    private ConfigNode(Kind kind, int line, String text, List<ConfigNode> items, List<Entry> entries, boolean block) {
        this.kind = kind;
        this.line = line;
        this.text = text;
        this.items = List.copyOf(items);
        this.entries = List.copyOf(entries);
        this.block = block;
    }

    /** A text that begins on that line. */
    public static ConfigNode text(String text, int line) {
        return new ConfigNode(Kind.TEXT, line, text, List.of(), List.of(), false);
    }

    /** A text of several lines, the first of which stands below the given one. */
    static ConfigNode block(String text, int line) {
        return new ConfigNode(Kind.TEXT, line, text, List.of(), List.of(), true);
    }

    static ConfigNode list(List<ConfigNode> items, int line) {
        return new ConfigNode(Kind.LIST, line, "", items, List.of(), false);
    }

    static ConfigNode mapping(List<Entry> entries, int line) {
        return new ConfigNode(Kind.MAPPING, line, "", List.of(), entries, false);
    }

    public boolean exists() {
        return kind != Kind.MISSING;
    }

    public boolean isText() {
        return kind == Kind.TEXT;
    }

    public boolean isList() {
        return kind == Kind.LIST;
    }

    public boolean isMapping() {
        return kind == Kind.MAPPING;
    }

    /** The line, from 1; 0 for what is missing. */
    public int line() {
        return line;
    }

    /** The text, empty for what is none. */
    public String text() {
        return text;
    }

    /** The text, if there is one that is not blank. */
    public Optional<String> words() {
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    /** The line of the file on which the first line of the text stands. */
    public int textLine() {
        return block ? line + 1 : line;
    }

    /** The items of a list; a text or a mapping counts as the only item of one. */
    public List<ConfigNode> items() {
        return switch (kind) {
            case LIST -> items;
            case TEXT, MAPPING -> List.of(this);
            case MISSING -> List.of();
        };
    }

    /** The entries of a mapping, those that were merged into it last. */
    public List<Entry> entries() {
        return entries;
    }

    /** What lies at the path of keys; of a key that is there twice, the first. */
    public ConfigNode at(String... keys) {
        ConfigNode node = this;
        for (String key : keys) {
            node = node.child(key);
        }
        return node;
    }

    private ConfigNode child(String key) {
        for (Entry entry : entries) {
            if (entry.key.equals(key)) {
                return entry.value;
            }
        }
        return MISSING;
    }

    public boolean has(String key) {
        return child(key).exists();
    }

    /** The value of the first of these keys that is there. */
    public ConfigNode any(String... keys) {
        for (String key : keys) {
            ConfigNode value = child(key);
            if (value.exists()) {
                return value;
            }
        }
        return MISSING;
    }

    /** The texts of a list, or the only one. */
    public List<String> texts() {
        List<String> all = new ArrayList<>();
        for (ConfigNode item : items()) {
            if (item.isText()) {
                all.add(item.text());
            }
        }
        return all;
    }

    public boolean isTrue() {
        return isText() && YES.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    public boolean isFalse() {
        return isText() && NO.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    public boolean isZero() {
        return isText() && text.strip().equals("0");
    }

    /** How many values there are in it, each counted as often as it is reached; at most {@code limit} + 1. */
    long size(long limit) {
        long size = 1;
        for (ConfigNode item : items) {
            size += size > limit ? 0 : item.size(limit - size);
        }
        for (Entry entry : entries) {
            size += size > limit ? 0 : entry.value.size(limit - size);
        }
        return size;
    }

    @Override
    public String toString() {
        return kind + " at line " + line;
    }
}
