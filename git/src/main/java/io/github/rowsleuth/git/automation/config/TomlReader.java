package io.github.rowsleuth.git.automation.config;

import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads as much of TOML as settings of platforms need, with lines: tables, arrays of tables, dotted keys, strings of all
 * four kinds, arrays and inline tables. Numbers, dates and truth values stay texts. What can not be read is passed over.
 */
public final class TomlReader {

    private static final int MAX_VALUES = 50_000;
    private static final int MAX_DEPTH = 60;

    /** A table while it is being filled. */
    private static final class Table {
        final int line;
        final Map<String, Object> values = new LinkedHashMap<>();
        final Map<String, Integer> lines = new LinkedHashMap<>();

        Table(int line) {
            this.line = line;
        }
    }

    private final String source;
    private int at;
    private int line = 1;
    private int made;

    private TomlReader(String source) {
        this.source = source;
    }

    public static ConfigNode read(String text) throws MalformedFileException {
        return new TomlReader(text).document();
    }

    private ConfigNode document() throws MalformedFileException {
        Table root = new Table(1);
        Table current = root;
        while (at < source.length()) {
            skipBlank(true);
            if (at >= source.length()) {
                break;
            }
            if (peek() == '[') {
                current = header(root);
            } else {
                pair(current);
            }
            skipToLineEnd();
        }
        return node(root, 0);
    }

    private Table header(Table root) throws MalformedFileException {
        int start = line;
        at++;
        boolean array = peek() == '[';
        at += array ? 1 : 0;
        List<String> keys = keys(']');
        Table table = root;
        for (int i = 0; i < keys.size(); i++) {
            boolean last = i == keys.size() - 1;
            table = last && array ? appended(table, keys.get(i), start) : inner(table, keys.get(i), start);
        }
        return table;
    }

    private static Table appended(Table table, String key, int line) {
        Object existing = table.values.get(key);
        List<Object> list = new ArrayList<>(existing instanceof List<?> l ? l : List.of());
        Table made = new Table(line);
        list.add(made);
        table.values.put(key, list);
        table.lines.putIfAbsent(key, line);
        return made;
    }

    private static Table inner(Table table, String key, int line) {
        Object existing = table.values.get(key);
        if (existing instanceof List<?> list && !list.isEmpty() && list.get(list.size() - 1) instanceof Table last) {
            return last;
        }
        if (existing instanceof Table inside) {
            return inside;
        }
        Table made = new Table(line);
        table.values.put(key, made);
        table.lines.put(key, line);
        return made;
    }

    private void pair(Table table) throws MalformedFileException {
        int start = line;
        List<String> keys = keys('=');
        if (keys.isEmpty() || at > source.length()) {
            return;
        }
        skipBlank(false);
        Object value = value(0);
        Table into = table;
        for (String key : keys.subList(0, keys.size() - 1)) {
            into = inner(into, key, start);
        }
        String last = keys.get(keys.size() - 1);
        into.values.putIfAbsent(last, value);
        into.lines.putIfAbsent(last, start);
    }

    /** The parts of a dotted key, up to the sign, which is passed; empty where the line ends before it. */
    private List<String> keys(char end) {
        List<String> keys = new ArrayList<>();
        StringBuilder bare = new StringBuilder();
        while (at < source.length() && peek() != '\n' && peek() != end) {
            char c = peek();
            if (c == '"' || c == '\'') {
                bare.append(string());
            } else if (c == '.') {
                keys.add(bare.toString());
                bare.setLength(0);
                at++;
            } else {
                if (!Character.isWhitespace(c)) {
                    bare.append(c);
                }
                at++;
            }
        }
        if (peek() != end) {
            return List.of();
        }
        at++;
        keys.add(bare.toString());
        return keys;
    }

    private Object value(int depth) throws MalformedFileException {
        if (depth > MAX_DEPTH || ++made > MAX_VALUES) {
            throw new MalformedFileException("its values are nested too deep, or there are too many");
        }
        int start = line;
        char c = peek();
        if (c == '"' || c == '\'') {
            return ConfigNode.text(string(), start);
        }
        if (c == '[') {
            return array(depth);
        }
        if (c == '{') {
            return inlineTable(start, depth);
        }
        int from = at;
        while (at < source.length() && "\n,]}#".indexOf(peek()) < 0) {
            at++;
        }
        return ConfigNode.text(source.substring(from, at).strip(), start);
    }

    private List<Object> array(int depth) throws MalformedFileException {
        List<Object> items = new ArrayList<>();
        at++;
        skipBlank(true);
        while (at < source.length() && peek() != ']') {
            int before = at;
            items.add(value(depth + 1));
            skipBlank(true);
            at += peek() == ',' || at == before ? 1 : 0;
            skipBlank(true);
        }
        at++;
        return items;
    }

    private Table inlineTable(int start, int depth) throws MalformedFileException {
        Table table = new Table(start);
        at++;
        skipBlank(true);
        while (at < source.length() && peek() != '}') {
            int before = at;
            List<String> keys = keys('=');
            if (keys.isEmpty()) {
                break;
            }
            skipBlank(false);
            Table into = table;
            for (String key : keys.subList(0, keys.size() - 1)) {
                into = inner(into, key, line);
            }
            into.lines.putIfAbsent(keys.get(keys.size() - 1), line);
            into.values.putIfAbsent(keys.get(keys.size() - 1), value(depth + 1));
            skipBlank(true);
            at += peek() == ',' || at == before ? 1 : 0;
            skipBlank(true);
        }
        at++;
        return table;
    }

    private String string() {
        char quote = peek();
        boolean triple = source.startsWith(String.valueOf(quote).repeat(3), at);
        at += triple ? 3 : 1;
        if (triple && peek() == '\n') {
            line++;
            at++;
        }
        String end = String.valueOf(quote).repeat(triple ? 3 : 1);
        StringBuilder text = new StringBuilder();
        while (at < source.length() && !source.startsWith(end, at) && (triple || peek() != '\n')) {
            char c = peek();
            line += c == '\n' ? 1 : 0;
            if (c == '\\' && quote == '"' && at + 1 < source.length()) {
                at++;
                line += peek() == '\n' ? 1 : 0;
                text.append(escaped(peek()).orElse(""));
            } else {
                text.append(c);
            }
            at++;
        }
        at += source.startsWith(end, at) ? end.length() : 0;
        return text.toString();
    }

    private static Optional<String> escaped(char c) {
        return switch (c) {
            case 'n' -> Optional.of("\n");
            case 't' -> Optional.of("\t");
            case 'r', '\n' -> Optional.empty();
            default -> Optional.of(String.valueOf(c));
        };
    }

    private void skipBlank(boolean acrossLines) {
        while (at < source.length()) {
            char c = peek();
            if (c == '#' && acrossLines) {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end;
            } else if (c == '\n' && acrossLines) {
                line++;
                at++;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private void skipToLineEnd() {
        int end = source.indexOf('\n', Math.min(at, source.length()));
        at = end < 0 ? source.length() : end + 1;
        line += end < 0 ? 0 : 1;
    }

    private char peek() {
        return at < source.length() ? source.charAt(at) : 0;
    }

    private static ConfigNode node(Object value, int depth) throws MalformedFileException {
        if (depth > MAX_DEPTH) {
            throw new MalformedFileException("its tables are nested too deep");
        }
        if (value instanceof Table table) {
            List<Entry> entries = new ArrayList<>();
            for (Map.Entry<String, Object> entry : table.values.entrySet()) {
                int keyLine = table.lines.getOrDefault(entry.getKey(), table.line);
                entries.add(new Entry(entry.getKey(), keyLine, node(entry.getValue(), depth + 1)));
            }
            return ConfigNode.mapping(entries, table.line);
        }
        if (value instanceof List<?> list) {
            List<ConfigNode> items = new ArrayList<>();
            for (Object item : list) {
                items.add(node(item, depth + 1));
            }
            return ConfigNode.list(items, items.isEmpty() ? 0 : items.get(0).line());
        }
        return (ConfigNode) value;
    }
}
