package io.github.rowsleuth.git;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads the strings, words and brackets of Python, broken files included: prefixes in any case and order, triple
 * quotes, literals side by side over lines and comments, f-strings with their expressions kept as holes.
 */
final class PythonLexer {

    private final String source;
    private final ProgramBuilder program = new ProgramBuilder('+', true);
    private final Deque<Block> functions = new ArrayDeque<>();
    private int at;
    private int line = 1;
    private boolean lineStart = true;

    /** A function and how far it is indented. */
    private record Block(int indent, String name) {}

    private PythonLexer(String source) {
        this.source = source;
    }

    static Program read(String source) {
        return new PythonLexer(source).run();
    }

    private Program run() {
        while (at < source.length()) {
            if (lineStart && program.depth() == 0) {
                indentation();
            }
            lineStart = false;
            step();
        }
        return program.build();
    }

    private void step() {
        if (at >= source.length()) {
            return;
        }
        char c = source.charAt(at);
        if (c == '\n') {
            newline();
        } else if (c == '#') {
            skipTo('\n');
        } else if (c == '\\' && peek(1) == '\n') {
            at += 2;
            line++;
        } else if (c == '"' || c == '\'') {
            string("");
        } else if (Character.isJavaIdentifierStart(c)) {
            word();
        } else if (c == ';') {
            program.endOfStatement();
            at++;
        } else {
            if (!Character.isWhitespace(c)) {
                operator(c);
            }
            at++;
        }
    }

    private void operator(char c) {
        boolean comparison = c == '=' && (peek(1) == '=' || "=!<>".indexOf(peek(-1)) >= 0);
        boolean addAssignment = c == '+' && peek(1) == '=';
        if (!comparison && !addAssignment) {
            program.symbol(c, line);
        }
    }

    private void newline() {
        at++;
        line++;
        lineStart = true;
        if (program.depth() == 0) {
            program.endOfStatement();
        }
    }

    /** Leaves the functions that a line is not indented enough for, and enters one that begins here. */
    private void indentation() {
        int start = at;
        while (at < source.length() && (source.charAt(at) == ' ' || source.charAt(at) == '\t')) {
            at++;
        }
        int indent = at - start;
        if (at >= source.length() || "\r\n#".indexOf(source.charAt(at)) >= 0) {
            return;
        }
        while (!functions.isEmpty() && functions.peek().indent >= indent) {
            functions.pop();
        }
        int name = source.startsWith("async def ", at) ? at + 10 : source.startsWith("def ", at) ? at + 4 : -1;
        if (name > 0) {
            functions.push(new Block(indent, source.substring(name, wordEnd(name))));
        }
        program.enterFunction(functions.isEmpty() ? "" : functions.getLast().name);
    }

    private void word() {
        int end = wordEnd(at);
        String word = source.substring(at, end);
        boolean quote = end < source.length() && (source.charAt(end) == '"' || source.charAt(end) == '\'');
        if (quote && word.length() <= 2 && word.chars().allMatch(c -> "rRbBuUfFtT".indexOf(c) >= 0)) {
            at = end;
            string(word.toLowerCase(java.util.Locale.ROOT));
            return;
        }
        at = end;
        program.word(word, line);
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
            end++;
        }
        return end;
    }

    private void string(String prefix) {
        char quote = source.charAt(at);
        boolean triple = peek(1) == quote && peek(2) == quote;
        boolean raw = prefix.contains("r");
        boolean holes = prefix.contains("f") || prefix.contains("t");
        CodeText text = new CodeText();
        int first = line;
        at += triple ? 3 : 1;
        while (at < source.length() && !closes(quote, triple)) {
            char c = source.charAt(at);
            if (c == '\n' && !triple) {
                break; // never closed: a broken line
            } else if (c == '\\') {
                escape(text, raw);
            } else if (holes && c == '{' && peek(1) != '{') {
                hole(text);
            } else {
                at += holes && (c == '{' || c == '}') && peek(1) == c ? 2 : 1;
                text.append(c, line);
                line += c == '\n' ? 1 : 0;
            }
        }
        if (at < source.length() && source.charAt(at) == quote) {
            at += triple ? 3 : 1;
        }
        program.literal(text, first);
    }

    private boolean closes(char quote, boolean triple) {
        return source.charAt(at) == quote && (!triple || (peek(1) == quote && peek(2) == quote));
    }

    private void escape(CodeText text, boolean raw) {
        char next = peek(1);
        if (raw) {
            text.append('\\', line);
            text.append(next, line);
        } else if (next != '\n') {
            text.append(Escapes.decode(next), line);
        }
        line += next == '\n' ? 1 : 0;
        at += 2;
    }

    /** Keeps an expression as it stands; names in it count as used. */
    private void hole(CodeText text) {
        int depth = 0;
        char inner = 0;
        int limit = Math.min(source.length(), at + 400);
        for (; at < limit; at++) {
            char c = source.charAt(at);
            if (c == '\n') {
                line++;
            }
            text.append(c == '\n' ? ' ' : c, line);
            if (inner != 0) {
                inner = c == inner ? 0 : inner;
            } else if (c == '\'' || c == '"') {
                inner = c;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                at++;
                return;
            } else if (Character.isJavaIdentifierStart(c) && !Character.isJavaIdentifierPart(peek(-1))) {
                program.used(source.substring(at, wordEnd(at)));
            }
        }
    }

    private void skipTo(char c) {
        int end = source.indexOf(c, at);
        at = end < 0 ? source.length() : end;
    }

    private char peek(int ahead) {
        int i = at + ahead;
        return i >= 0 && i < source.length() ? source.charAt(i) : 0;
    }
}
