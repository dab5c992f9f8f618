package io.github.rowsleuth.git.code;

import java.util.ArrayList;
import java.util.List;

/** A place in source code, and the tokens that were read so far. Whatever a source holds, it is read in one pass. */
abstract class SourceReader {

    /** How deep strings within holes of strings are followed. */
    private static final int DEEPEST = 40;

    private static final int LONGEST_HOLE = 200;

    final String source;
    final List<Token> tokens = new ArrayList<>();
    final List<Remark> remarks = new ArrayList<>();
    int at;
    int line = 1;
    private int depth;
    private boolean broken;

    SourceReader(String source) {
        this.source = source;
    }

    abstract Tokens read();

    final Tokens done() {
        return new Tokens(source, tokens, remarks);
    }

    final boolean more() {
        return at < source.length();
    }

    final char peek(int ahead) {
        int i = at + ahead;
        return i >= 0 && i < source.length() ? source.charAt(i) : 0;
    }

    final boolean at(String text) {
        return source.startsWith(text, at);
    }

    /** Moves on, and counts the lines on the way. */
    final void moveTo(int end) {
        int stop = Math.min(end, source.length());
        for (; at < stop; at++) {
            line += source.charAt(at) == '\n' ? 1 : 0;
        }
    }

    final int indexOf(String text, int from) {
        int found = source.indexOf(text, from);
        return found < 0 ? source.length() : found;
    }

    final int lineEnd() {
        return indexOf("\n", at);
    }

    final int wordEnd(int from) {
        int end = from;
        while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
            end++;
        }
        return end;
    }

    final void add(Token.Kind kind, int start, int firstLine, int end) {
        tokens.add(new Token(kind, source.substring(start, end), CodeText.EMPTY, firstLine, start, end));
    }

    /** Strings within the holes of a string stand behind it. */
    final void addString(String prefix, CodeText value, int start, int firstLine) {
        int place = tokens.size();
        while (depth == 0 && place > 0 && tokens.get(place - 1).start() > start) {
            place--;
        }
        tokens.add(
                place, new Token(Token.Kind.STRING, depth == 0 ? prefix : Token.NESTED, value, firstLine, start, at));
    }

    final Token last() {
        return tokens.isEmpty() ? Token.NONE : tokens.get(tokens.size() - 1);
    }

    /** Keeps a comment, to say of what stands in it that it only stands in a comment. */
    final void comment(int end) {
        remarks.add(new Remark(at, Math.min(end, source.length()), line));
        moveTo(end);
    }

    final void word() {
        int end = wordEnd(at);
        add(Token.Kind.WORD, at, line, end);
        at = end;
    }

    final void number() {
        int start = at;
        while (more()
                && (Character.isLetterOrDigit(peek(0))
                        || peek(0) == '_'
                        || (peek(0) == '.' && Character.isDigit(peek(1))))) {
            at++;
        }
        add(Token.Kind.NUMBER, start, line, at);
    }

    /** One of the symbols of several characters, or else one character. */
    final void symbol(String... longer) {
        int length = 1;
        char next = peek(1);
        if (next > ' ' && next < 128 && !Character.isLetterOrDigit(next) && "([{)]}\"',;".indexOf(next) < 0) {
            for (String symbol : longer) {
                if (symbol.length() > length && at(symbol)) {
                    length = symbol.length();
                }
            }
        }
        add(Token.Kind.SYMBOL, at, line, at + length);
        at += length;
    }

    /**
     * Keeps an expression in a string as it stands, from its opening to its closing brace. Strings and braces inside
     * of it are followed. Where one is never closed, the source is broken, and no brace after it opens a hole.
     *
     * @param opening what stands before the brace, such as a dollar
     */
    final void hole(CodeText into, String opening) {
        int start = at + opening.length();
        int first = line;
        at = start + 1;
        if (!broken && depth < DEEPEST && inHole()) {
            String inner = source.substring(start + 1, at).strip();
            String shown = inner.length() <= LONGEST_HOLE ? inner : inner.substring(0, LONGEST_HOLE);
            into.append(opening + "{" + shown.replace('\n', ' ') + "}", first);
            at++;
            return;
        }
        broken = true;
        at = start + 1;
        line = first;
        into.append(opening + "{", first);
    }

    /** Moves on to the brace that closes the hole, and says whether there is one. */
    private boolean inHole() {
        depth++;
        int braces = 0;
        while (more() && (peek(0) != '}' || braces > 0)) {
            char c = peek(0);
            if (c == '{') {
                braces++;
            } else if (c == '}') {
                braces--;
            }
            if (!stringInHole(c)) {
                line += c == '\n' ? 1 : 0;
                at++;
            }
        }
        depth--;
        return more();
    }

    /** Whether {@code \s} is a blank in this language. */
    boolean blankEscape() {
        return false;
    }

    /** Reads a string inside of a hole, if one begins here. */
    boolean stringInHole(char c) {
        if (c != '"' && c != '\'') {
            return false;
        }
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != c && source.charAt(end) != '\n') {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length() || source.charAt(end) != c) {
            return false;
        }
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        at++;
        while (at < end) {
            if (peek(0) == '\\') {
                Escapes.read(this, text);
            } else {
                text.append(peek(0), line);
                at++;
            }
        }
        at = end + 1;
        addString("", text, start, first);
        return true;
    }
}
