package io.github.rowsleuth.git.code;

import java.util.Arrays;

/** The decoded text of a string, with the line of the source that each of its characters comes from. */
public final class CodeText {

    static final CodeText EMPTY = new CodeText();

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

    /** Appends what was appended there, once more. */
    void append(CodeText from, int start, int end) {
        for (int i = start; i < end; i++) {
            append(from.text.charAt(i), from.lines[i]);
        }
    }

    int length() {
        return text.length();
    }

    /**
     * {@return the line of the source that a character comes from, from 1}
     *
     * @param offset the character
     */
    public int lineAt(int offset) {
        return lines[Math.max(0, Math.min(offset, text.length() - 1))];
    }

    /** {@return the text} */
    @Override
    public String toString() {
        return text.toString();
    }
}
