package io.github.rowsleuth.git.code;

import java.util.ArrayList;
import java.util.List;

/** Reads the tokens of Java, text blocks included (JLS 3.10.6). */
final class JavaLexer extends BraceReader {

    JavaLexer(String source) {
        super(source);
    }

    @Override
    boolean string(char c) {
        if (c == '"' && peek(1) == '"' && peek(2) == '"') {
            textBlock();
        } else if (c == '"') {
            simple('"');
        } else if (c == '\'') {
            character();
        } else {
            return false;
        }
        return true;
    }

    @Override
    boolean blankEscape() {
        return true;
    }

    private void textBlock() {
        int start = at;
        int first = line;
        moveTo(at + 3);
        moveTo(Math.min(source.length(), lineEnd() + 1));
        List<CodeText> lines = new ArrayList<>();
        CodeText current = new CodeText();
        List<Integer> ends = new ArrayList<>();
        while (more() && !at("\"\"\"")) {
            if (peek(0) == '\n') {
                ends.add(line);
                lines.add(current);
                current = new CodeText();
                moveTo(at + 1);
            } else if (peek(0) == '\\') {
                // Escapes are read after the indentation is taken off: a backslash stands for itself until then.
                current.append('\\', line);
                at++;
                if (more() && peek(0) != '\n') {
                    current.append(peek(0), line);
                    at++;
                }
            } else {
                current.append(peek(0), line);
                at++;
            }
        }
        lines.add(current);
        ends.add(line);
        at = Math.min(source.length(), at + 3);
        addString("\"\"\"", TextBlock.stripped(lines, ends), start, first);
    }
}
