package io.github.rowsleuth.git.automation.config;

import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads files of sections with keys and values: {@code pytest.ini}, units of systemd, properties of Java. A key that is
 * there twice is kept twice. A value goes on over lines that are indented, or after a backslash.
 */
public final class IniReader {

    private static final int MAX_LINES = 100_000;

    private IniReader() {}

    /** A mapping of the sections; what stands before the first is the section with the empty name. */
    public static ConfigNode read(String text) {
        List<Entry> sections = new ArrayList<>();
        List<Entry> current = new ArrayList<>();
        String name = "";
        int start = 1;
        String[] lines = text.split("\n", MAX_LINES);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.startsWith("[") && line.endsWith("]")) {
                sections.add(new Entry(name, start, ConfigNode.mapping(current, start)));
                current = new ArrayList<>();
                name = line.substring(1, line.length() - 1).strip();
                start = i + 1;
            } else if (!line.isEmpty() && "#;!".indexOf(line.charAt(0)) < 0) {
                i = pair(lines, i, current);
            }
        }
        sections.add(new Entry(name, start, ConfigNode.mapping(current, start)));
        return ConfigNode.mapping(sections, 1);
    }

    /** Adds the pair that begins on the line, and gives the last line that belongs to it. */
    private static int pair(String[] lines, int first, List<Entry> into) {
        String line = lines[first].strip();
        int sign = sign(line);
        if (sign < 0) {
            return first;
        }
        StringBuilder value = new StringBuilder(line.substring(sign + 1).strip());
        int at = first;
        while (at + 1 < lines.length && (endsOpen(value) || continues(lines[at + 1]))) {
            if (endsOpen(value)) {
                value.setLength(value.length() - 1);
            }
            at++;
            value.append('\n').append(lines[at].strip());
        }
        into.add(new Entry(line.substring(0, sign).strip(), first + 1, ConfigNode.text(value.toString(), first + 1)));
        return at;
    }

    private static int sign(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '=' || line.charAt(i) == ':') {
                return i;
            }
        }
        return -1;
    }

    private static boolean endsOpen(CharSequence value) {
        return value.length() > 0 && value.charAt(value.length() - 1) == '\\';
    }

    private static boolean continues(String line) {
        return !line.isBlank()
                && Character.isWhitespace(line.charAt(0))
                && "#;".indexOf(line.strip().charAt(0)) < 0;
    }
}
