package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.code.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Reads the tokens of Python, broken files included: prefixes in any case and order, triple quotes, f-strings whose
 * expressions hold strings of their own (PEP 701), indentation.
 */
final class PythonLexer extends SourceReader {

    private final Deque<Integer> indents = new ArrayDeque<>();
    private int brackets;
    private boolean lineStart = true;

    PythonLexer(String source) {
        super(source);
        indents.push(0);
    }

    @Override
    Tokens read() {
        while (more()) {
            if (lineStart && brackets == 0) {
                indentation();
            }
            lineStart = false;
            if (more()) {
                step(peek(0));
            }
        }
        newline();
        while (indents.size() > 1) {
            indents.pop();
            add(Kind.DEDENT, at, line, at);
        }
        return done();
    }

    private void step(char c) {
        if (c == '\n') {
            newline();
            moveTo(at + 1);
            lineStart = true;
        } else if (c == '#') {
            comment(lineEnd());
        } else if (c == '\\' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n'))) {
            moveTo(at + (peek(1) == '\n' ? 2 : 3));
        } else if (c == '"' || c == '\'') {
            string("");
        } else if (Character.isJavaIdentifierStart(c) && c != '$') {
            wordOrPrefix();
        } else if (Character.isDigit(c)) {
            number();
        } else if (Character.isWhitespace(c)) {
            at++;
        } else {
            brackets += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 && brackets > 0 ? -1 : 0;
            symbol("==", "!=", "<=", ">=", ":=", "+=", "->", "**", "//");
        }
    }

    private void newline() {
        if (brackets == 0 && !last().is(Kind.NEWLINE) && !last().is(Kind.INDENT) && !tokens.isEmpty()) {
            add(Kind.NEWLINE, at, line, at);
        }
    }

    private void indentation() {
        int width = 0;
        int end = at;
        while (end < source.length() && (source.charAt(end) == ' ' || source.charAt(end) == '\t')) {
            width += source.charAt(end) == '\t' ? 8 - width % 8 : 1;
            end++;
        }
        at = end;
        if (!more() || "\r\n#".indexOf(peek(0)) >= 0) {
            return;
        }
        while (width < indents.getFirst()) {
            indents.pop();
            add(Kind.DEDENT, at, line, at);
        }
        if (width > indents.getFirst()) {
            indents.push(width);
            add(Kind.INDENT, at, line, at);
        }
    }

    private void wordOrPrefix() {
        int end = wordEnd(at);
        char quote = end < source.length() ? source.charAt(end) : 0;
        String prefix = source.substring(at, end).toLowerCase(Locale.ROOT);
        boolean strings = prefix.length() <= 2 && prefix.chars().allMatch(c -> "rbuft".indexOf(c) >= 0);
        if (strings && (quote == '"' || quote == '\'')) {
            string(prefix);
        } else {
            word();
        }
    }

    private void string(String prefix) {
        int start = at;
        int first = line;
        at += prefix.length();
        char quote = peek(0);
        boolean triple = peek(1) == quote && peek(2) == quote;
        boolean raw = prefix.contains("r");
        boolean holes = prefix.contains("f") || prefix.contains("t");
        CodeText text = new CodeText();
        at += triple ? 3 : 1;
        while (more() && !closes(quote, triple)) {
            char c = peek(0);
            if (c == '\n' && !triple) {
                break; // never closed: a broken line
            } else if (c == '\\' && (raw || (prefix.contains("b") && !byteEscape(peek(1))))) {
                text.append('\\', line);
                text.append(peek(1), line);
                moveTo(at + 2);
            } else if (c == '\\') {
                escape(text);
            } else if (holes && c == '{' && peek(1) != '{') {
                hole(text, "");
            } else {
                at += holes && (c == '{' || c == '}') && peek(1) == c ? 1 : 0;
                text.append(c, line);
                moveTo(at + 1);
            }
        }
        if (more() && peek(0) == quote) {
            at += triple ? 3 : 1;
        }
        addString(prefix, text, start, first);
    }

    private static boolean byteEscape(char c) {
        return "\\'\"abfnrtvx01234567\n".indexOf(c) >= 0;
    }

    /** What is no escape keeps its backslash. */
    private void escape(CodeText text) {
        char c = peek(1);
        if (c == 'N' && peek(2) == '{') {
            text.append('?', line);
            moveTo(indexOf("}", at) + 1);
        } else if ("\\'\"abfnrtvxuU01234567\r\n".indexOf(c) >= 0) {
            Escapes.read(this, text);
        } else {
            text.append('\\', line);
            at++;
        }
    }

    private boolean closes(char quote, boolean triple) {
        return peek(0) == quote && (!triple || (peek(1) == quote && peek(2) == quote));
    }

    @Override
    boolean stringInHole(char c) {
        boolean triple = (c == '"' || c == '\'') && peek(1) == c && peek(2) == c;
        if (triple && indexOf(String.valueOf(c).repeat(3), at + 3) < source.length()) {
            moveTo(indexOf(String.valueOf(c).repeat(3), at + 3) + 3);
            return true;
        }
        return super.stringInHole(c);
    }
}
