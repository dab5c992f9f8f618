package io.github.rowsleuth.git.code;

import java.util.List;

/** Takes the indentation off the lines of a text block, and reads its escapes (JLS 3.10.6). */
final class TextBlock {

    private TextBlock() {}

    static CodeText stripped(List<CodeText> lines, List<Integer> numbers) {
        int indent = indent(lines);
        CodeText whole = new CodeText();
        for (int i = 0; i < lines.size(); i++) {
            CodeText text = lines.get(i);
            String raw = text.toString();
            boolean last = i == lines.size() - 1;
            int end = raw.stripTrailing().length();
            for (int from = Math.min(indent, end); from < end; from++) {
                from += escape(raw, from, numbers.get(i), whole);
                if (from < end && raw.charAt(from) != '\\') {
                    whole.append(text, from, from + 1);
                }
            }
            boolean continued = raw.endsWith("\\") && backslashes(raw) % 2 == 1;
            if (!last && !continued) {
                whole.append('\n', numbers.get(i));
            }
        }
        return whole;
    }

    /** Reads the escapes that follow each other from there on, and says how many characters they take. */
    private static int escape(String raw, int from, int line, CodeText into) {
        int at = from;
        while (at < raw.length() && raw.charAt(at) == '\\') {
            SourceReader one = new JavaLexer(raw.substring(at, Math.min(raw.length(), at + 8)));
            one.line = line;
            if (one.peek(1) == 's') {
                into.append(' ', line);
                one.at = 2;
            } else if (one.peek(1) == 0) {
                one.at = 1;
            } else {
                Escapes.read(one, into);
            }
            at += one.at;
        }
        return at - from;
    }

    private static int backslashes(String raw) {
        int count = 0;
        for (int i = raw.length() - 1; i >= 0 && raw.charAt(i) == '\\'; i--) {
            count++;
        }
        return count;
    }

    private static int indent(List<CodeText> lines) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).toString();
            boolean counts = !line.isBlank() || i == lines.size() - 1;
            if (counts) {
                int width = 0;
                while (width < line.length() && Character.isWhitespace(line.charAt(width))) {
                    width++;
                }
                least = Math.min(least, width);
            }
        }
        return least == Integer.MAX_VALUE ? 0 : least;
    }
}
