package io.github.rowsleuth.git;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the strings, words and brackets of the languages that descend from C, and of Ruby: quotes, templates with
 * holes, text blocks, raw strings, here-documents, comments.
 */
final class BraceLexer {

    private static final Pattern HEREDOC = Pattern.compile("<<[~-]?<?[ \\t]*(['\"]?)([A-Z_][A-Z0-9_]*)\\1");
    private static final int MAX_HOLE = 400;

    private final String source;
    private final Syntax syntax;
    private final ProgramBuilder program;
    private int at;
    private int line = 1;
    private char lastSymbol = ';';
    private Optional<String> heredoc = Optional.empty();

    /**
     * What tells the languages apart.
     *
     * @param slashComments whether two slashes, or a slash and a star, begin comments
     * @param hashComments whether {@code #} begins a comment
     * @param singleQuotes whether {@code '} delimits strings, not characters
     * @param backtick whether it delimits strings, with holes or raw
     * @param tripleQuotes whether three quotes delimit a block of text
     * @param hole the character before the brace of a hole; the brace itself where nothing precedes it
     * @param regex whether a slash can begin a regular expression
     * @param heredocs whether there are here-documents
     * @param joiner puts strings together
     */
    record Syntax(
            boolean slashComments,
            boolean hashComments,
            boolean singleQuotes,
            boolean backtick,
            boolean tripleQuotes,
            char hole,
            boolean regex,
            boolean heredocs,
            char joiner) {}

    static final Syntax JAVASCRIPT = new Syntax(true, false, true, true, false, '$', true, false, '+');
    static final Syntax JAVA = new Syntax(true, false, false, false, true, '$', false, false, '+');
    static final Syntax GO = new Syntax(true, false, false, true, false, '$', false, false, '+');
    static final Syntax CSHARP = new Syntax(true, false, false, false, true, '{', false, false, '+');
    static final Syntax PHP = new Syntax(true, true, true, false, false, '{', false, true, '.');
    static final Syntax RUBY = new Syntax(false, true, true, false, false, '#', true, true, '+');

    private BraceLexer(String source, Syntax syntax) {
        this.source = source;
        this.syntax = syntax;
        this.program = new ProgramBuilder(syntax.joiner, syntax.equals(RUBY));
    }

    static Program read(String source, Syntax syntax) {
        return new BraceLexer(source, syntax).run();
    }

    private Program run() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\n') {
                newline();
            } else if (!comment(c) && !openString(c) && !openHeredoc(c)) {
                other(c);
            }
        }
        return program.build();
    }

    private void newline() {
        at++;
        line++;
        if (heredoc.isPresent()) {
            heredocBody(heredoc.get());
            heredoc = Optional.empty();
        }
        if (syntax.equals(RUBY) && program.depth() == 0 && lastSymbol != '+' && lastSymbol != ',') {
            program.endOfStatement();
        }
    }

    private boolean comment(char c) {
        boolean toLineEnd = (syntax.slashComments && c == '/' && peek(1) == '/') || (syntax.hashComments && c == '#');
        if (toLineEnd) {
            int end = source.indexOf('\n', at);
            at = end < 0 ? source.length() : end;
        } else if (syntax.slashComments && c == '/' && peek(1) == '*') {
            int end = source.indexOf("*/", at + 2);
            skip(end < 0 ? source.length() : end + 2);
        } else {
            return false;
        }
        return true;
    }

    private void skip(int end) {
        for (; at < end; at++) {
            line += source.charAt(at) == '\n' ? 1 : 0;
        }
    }

    private boolean openString(char c) {
        if (c == '"' && syntax.tripleQuotes && peek(1) == '"' && peek(2) == '"') {
            string("\"\"\"", false, true);
        } else if (c == '"') {
            boolean verbatim = syntax.equals(CSHARP) && (peek(-1) == '@' || peek(-2) == '@');
            string("\"", !verbatim, !syntax.equals(GO));
        } else if (c == '`' && syntax.backtick) {
            string("`", !syntax.equals(GO), !syntax.equals(GO));
        } else if (c == '\'' && syntax.singleQuotes) {
            string("'", true, false);
        } else if (c == '\'') {
            int close = peek(1) == '\\' ? source.indexOf('\'', at + 3) : at + 2;
            at = close > 0 && close < at + 12 && close < source.length() && source.charAt(close) == '\''
                    ? close + 1
                    : at + 1;
        } else if (c == '/' && syntax.regex && "(,=:[!&|?{};".indexOf(lastSymbol) >= 0) {
            regex();
        } else {
            return false;
        }
        return true;
    }

    private void regex() {
        int end = at + 1;
        boolean set = false;
        while (end < source.length() && source.charAt(end) != '\n' && (set || source.charAt(end) != '/')) {
            char c = source.charAt(end);
            set = c == '[' || (set && c != ']');
            end += c == '\\' ? 2 : 1;
        }
        at = Math.min(source.length(), end + 1);
        if (end < source.length() && source.charAt(end) == '\n') {
            at = end;
        }
        lastSymbol = ')';
    }

    private void string(String quote, boolean escapes, boolean holes) {
        CodeText text = new CodeText();
        int first = line;
        boolean oneLine = quote.equals("\"") && escapes && !syntax.equals(PHP) && !syntax.equals(RUBY);
        at += quote.length();
        while (at < source.length() && !source.startsWith(quote, at)) {
            char c = source.charAt(at);
            if (c == '\n' && oneLine) {
                break; // never closed: a broken line
            } else if (c == '\\' && escapes && at + 1 < source.length()) {
                line += peek(1) == '\n' ? 1 : 0;
                text.append(peek(1) == '\n' ? ' ' : Escapes.decode(peek(1)), line);
                at += 2;
            } else if (holes && opensHole(c)) {
                hole(text);
            } else {
                text.append(c, line);
                line += c == '\n' ? 1 : 0;
                at++;
            }
        }
        at = source.startsWith(quote, at) ? at + quote.length() : at;
        lastSymbol = ')';
        program.literal(text, first);
    }

    private boolean opensHole(char c) {
        return c == syntax.hole && (c == '{' || peek(1) == '{');
    }

    /** Keeps an expression as it stands. */
    private void hole(CodeText text) {
        int depth = 0;
        int limit = Math.min(source.length(), at + MAX_HOLE);
        for (; at < limit; at++) {
            char c = source.charAt(at);
            line += c == '\n' ? 1 : 0;
            text.append(c == '\n' ? ' ' : c, line);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '}' && depth == 0) {
                at++;
                return;
            }
            if (Character.isJavaIdentifierStart(c) && c != '$' && !Character.isJavaIdentifierPart(peek(-1))) {
                program.used(source.substring(at, wordEnd(at)));
            }
        }
    }

    private boolean openHeredoc(char c) {
        if (c != '<' || !syntax.heredocs) {
            return false;
        }
        Matcher opener = HEREDOC.matcher(source).region(at, Math.min(source.length(), at + 80));
        if (!opener.lookingAt()) {
            return false;
        }
        heredoc = Optional.of(opener.group(2));
        at = opener.end();
        return true;
    }

    private void heredocBody(String delimiter) {
        CodeText text = new CodeText();
        int first = line;
        while (at < source.length()) {
            int end = source.indexOf('\n', at);
            String body = source.substring(at, end < 0 ? source.length() : end);
            at = end < 0 ? source.length() : end + 1;
            if (body.strip().startsWith(delimiter)) {
                at = end < 0 ? source.length() : end;
                break;
            }
            text.append(body + "\n", line++);
        }
        program.literal(text, first);
    }

    private void other(char c) {
        if (Character.isJavaIdentifierStart(c)) {
            int end = wordEnd(at);
            String word = source.substring(at, end);
            at = end;
            program.word(word.startsWith("$") && word.length() > 1 ? word.substring(1) : word, line);
            lastSymbol = word.equals("return") ? '(' : ')';
            return;
        }
        at++;
        if (c == ';' || ((c == '{' || c == '}') && program.depth() == 0)) {
            program.endOfStatement();
            lastSymbol = c;
        } else if (!Character.isWhitespace(c)) {
            boolean comparison = c == '=' && (peek(0) == '=' || peek(0) == '>' || "=!<>".indexOf(peek(-2)) >= 0);
            if (!comparison && !(c == '+' && peek(0) == '=')) {
                program.symbol(c, line);
            }
            lastSymbol = c;
        }
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
            end++;
        }
        return end;
    }

    private char peek(int ahead) {
        int i = at + ahead;
        return i >= 0 && i < source.length() ? source.charAt(i) : 0;
    }
}
