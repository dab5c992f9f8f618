package io.github.rowsleuth.git;

import java.util.Arrays;

/** The decoded text of a literal, with the line of the source that each of its characters comes from. */
final class CodeText {

    private final StringBuilder text = new StringBuilder();
    private int[] lines = new int[16];

    void append(char c, int line) {
        if (text.length() == lines.length) {
            lines = Arrays.copyOf(lines, lines.length * 2);
        }
        lines[text.length()] = line;
        text.append(c);
    }

    void append(CharSequence more, int line) {
        for (int i = 0; i < more.length(); i++) {
            append(more.charAt(i), line);
        }
    }

    void append(CodeText more) {
        for (int i = 0; i < more.text.length(); i++) {
            append(more.text.charAt(i), more.lines[i]);
        }
    }

    int lineAt(int offset) {
        return lines[Math.max(0, Math.min(offset, text.length() - 1))];
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
