package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.code.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tokens of Ruby: quotes of every kind, lists of words, here-documents, several on one line too. */
final class RubyLexer extends SourceReader {

    private static final Pattern HEREDOC = Pattern.compile(
            "<<(?:([~-]?)(?:([\"'`])([^\"'`\\n]{1,80})\\2|([A-Z_][A-Za-z0-9_]{0,79}))|[~-]([a-z][A-Za-z0-9_]{0,79}))");
    private static final Set<String> BEFORE_EXPRESSION = Set.of(
            "if", "unless", "while", "until", "and", "or", "not", "return", "when", "in", "then", "else", "elsif", "do",
            "puts", "raise", "yield", "case");
    private static final String[] SYMBOLS = {
        "===", "<=>", "**", "&.", "::", "==", "!=", "<=", ">=", "&&", "||", "||=", "+=", "=>", "->", "<<", "=~", "!~",
        "..", "..."
    };
    private static final int MAX_OPENER = 90;

    /** Where the next here-document begins, and where the code goes on behind those of this line. */
    private int bodies = -1;

    RubyLexer(String source) {
        super(source);
    }

    @Override
    Tokens read() {
        if (at("#!")) {
            moveTo(lineEnd());
        }
        while (more()) {
            char c = peek(0);
            boolean lineStart = at == 0 || source.charAt(at - 1) == '\n';
            if (c == '\n') {
                newline();
            } else if (lineStart && at("__END__")) {
                at = source.length();
            } else if (lineStart && at("=begin")) {
                comment(indexOf("\n=end", at) + 5);
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\\' && peek(1) == '\n') {
                moveTo(at + 2);
            } else if (c == '#') {
                comment(lineEnd());
            } else if (!string(c)) {
                other(c);
            }
        }
        return done();
    }

    private void newline() {
        add(Kind.NEWLINE, at, line, at);
        moveTo(Math.max(at + 1, bodies));
        bodies = -1;
    }

    private void other(char c) {
        if (Character.isJavaIdentifierStart(c) && (c != '$' || Character.isJavaIdentifierStart(peek(1)))) {
            int end = wordEnd(at);
            boolean mark = end < source.length() && "?!".indexOf(source.charAt(end)) >= 0;
            boolean operator = mark && end + 1 < source.length() && source.charAt(end + 1) == '=';
            end += mark && !operator ? 1 : 0;
            add(Kind.WORD, at, line, end);
            at = end;
        } else if (Character.isDigit(c)) {
            number();
        } else if (c == '@') {
            at++;
        } else if (c == '$' && "'`\"&~!@/\\;,.<>_0123456789*$?:".indexOf(peek(1)) >= 0) {
            add(Kind.NUMBER, at, line, Math.min(source.length(), at + 2));
            at = Math.min(source.length(), at + 2);
        } else {
            symbol(SYMBOLS);
        }
    }

    private boolean string(char c) {
        if (c == '"' || c == '`') {
            quoted(at + 1, c, c, true, "");
        } else if (c == '\'') {
            quoted(at + 1, c, c, false, "");
        } else if (c == ':' && (peek(1) == '"' || peek(1) == '\'')) {
            quoted(at + 2, peek(1), peek(1), peek(1) == '"', ":");
        } else if (c == ':' && Character.isJavaIdentifierStart(peek(1)) && peek(-1) != ':') {
            name();
        } else if (c == '<' && peek(1) == '<') {
            return heredoc();
        } else if (c == '%') {
            return percent();
        } else if (c == '/' && expressionFollows()) {
            quoted(at + 1, '/', '/', true, "/");
        } else if (c == '?' && Character.isLetterOrDigit(peek(1)) && !Character.isLetterOrDigit(peek(2))) {
            add(Kind.NUMBER, at, line, at + 2);
            at += 2;
        } else {
            return false;
        }
        return true;
    }

    /** {@code :users}: a name is as good as a string here. */
    private void name() {
        int start = at;
        int end = wordEnd(at + 1);
        CodeText text = new CodeText();
        text.append(source.substring(at + 1, end), line);
        at = end;
        addString(":", text, start, line);
    }

    @Override
    boolean stringInHole(char c) {
        if (c == '%' && "({[".indexOf(peek(1)) >= 0 && "({[ =,".indexOf(peek(-1)) >= 0) {
            char closer = ")}]".charAt("({[".indexOf(peek(1)));
            quoted(at + 2, peek(1), closer, true, "%");
            return true;
        }
        return super.stringInHole(c);
    }

    private boolean expressionFollows() {
        Token before = last();
        boolean spaced = at > 0 && source.charAt(at - 1) == ' ' && peek(1) != ' ' && peek(1) != '=';
        return switch (before.kind()) {
            case WORD -> BEFORE_EXPRESSION.contains(before.text()) || spaced;
            case STRING, NUMBER -> false;
            case SYMBOL -> !Set.of(")", "]", "}").contains(before.text());
            default -> true;
        };
    }

    /** A string that begins there, between two marks that may nest. */
    private void quoted(int from, char opener, char closer, boolean escapes, String prefix) {
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        int depth = 1;
        moveTo(from);
        while (more()) {
            char c = peek(0);
            if (c == '\\' && escapes && !prefix.equals("/")) {
                Escapes.read(this, text);
                continue;
            }
            if (c == '\\' && (peek(1) == closer || peek(1) == '\\')) {
                moveTo(at + 1);
            } else if (escapes && c == '#' && peek(1) == '{') {
                hole(text, "#");
                continue;
            } else if (c == closer && --depth == 0) {
                break;
            } else if (c == opener && opener != closer) {
                depth++;
            }
            text.append(peek(0), line);
            moveTo(at + 1);
        }
        at += more() ? 1 : 0;
        if (prefix.equals("/")) {
            tokens.add(new Token(Kind.NUMBER, "", CodeText.EMPTY, first, start, at));
        } else {
            addString(prefix, text, start, first);
        }
    }

    private boolean percent() {
        char kind = peek(1);
        boolean plain = "([{<|!/".indexOf(kind) >= 0;
        char opener = plain ? kind : peek(2);
        boolean lettered =
                "qQwWiIrsx".indexOf(kind) >= 0 && !Character.isLetterOrDigit(opener) && !Character.isWhitespace(opener);
        if ((!plain && !lettered) || (plain && !expressionFollows())) {
            return false;
        }
        char closer = "([{<".indexOf(opener) >= 0 ? ")]}>".charAt("([{<".indexOf(opener)) : opener;
        int from = at + (plain ? 2 : 3);
        if ("wWiI".indexOf(kind) >= 0 && !plain) {
            words(from, closer);
        } else {
            quoted(from, opener, closer, kind != 'q' && kind != 's', kind == 'r' ? "/" : "%");
        }
        return true;
    }

    /** {@code %w[a b]} is a list of two strings. */
    private void words(int from, char closer) {
        tokens.add(new Token(Kind.SYMBOL, "[", CodeText.EMPTY, line, at, from));
        int end = indexOf(String.valueOf(closer), from);
        moveTo(from);
        while (at < end) {
            int stop = at;
            while (stop < end && !Character.isWhitespace(source.charAt(stop))) {
                stop++;
            }
            if (stop > at) {
                CodeText text = new CodeText();
                text.append(source.substring(at, stop), line);
                int start = at;
                at = stop;
                addString("%w", text, start, line);
                tokens.add(new Token(Kind.SYMBOL, ",", CodeText.EMPTY, line, at, at));
            } else {
                moveTo(at + 1);
            }
        }
        tokens.add(new Token(Kind.SYMBOL, "]", CodeText.EMPTY, line, at, at + 1));
        at = Math.min(source.length(), at + 1);
    }

    private boolean heredoc() {
        Matcher opener = HEREDOC.matcher(source).region(at, Math.min(source.length(), at + MAX_OPENER));
        if (!opener.lookingAt()) {
            return false;
        }
        boolean bare = opener.group(2) == null;
        boolean shift = last().is(Kind.NUMBER) || (bare && "".equals(opener.group(1)) && last().symbol(")"));
        if (shift) {
            return false;
        }
        boolean small = opener.group(5) != null;
        String word = small ? opener.group(5) : bare ? opener.group(4) : opener.group(3);
        boolean squiggly = at("<<~");
        int from = bodies >= 0 ? bodies : Math.min(source.length(), lineEnd() + 1);
        Heredoc body = Heredoc.of(source, from, word, false);
        int start = at;
        int first = line;
        int after = opener.end();
        CodeText text =
                body(from, body.end(), squiggly, !bare && opener.group(2).equals("'"));
        int newline = source.indexOf('\n', body.after());
        bodies = newline < 0 ? source.length() : newline + 1;
        at = after;
        line = first;
        addString("<<", text, start, first);
        return true;
    }

    private CodeText body(int from, int end, boolean squiggly, boolean plain) {
        moveTo(from);
        int indent = squiggly ? indent(from, end) : 0;
        CodeText text = new CodeText();
        while (at < end) {
            if (at == from || source.charAt(at - 1) == '\n') {
                for (int i = 0; i < indent && (peek(0) == ' ' || peek(0) == '\t'); i++) {
                    at++;
                }
            }
            if (at >= end) {
                break;
            }
            if (peek(0) == '\\' && !plain) {
                Escapes.read(this, text);
            } else if (peek(0) == '#' && peek(1) == '{' && !plain) {
                hole(text, "#");
            } else {
                text.append(peek(0), line);
                moveTo(at + 1);
            }
        }
        return text;
    }

    private int indent(int from, int end) {
        int least = Integer.MAX_VALUE;
        List<String> lines = new ArrayList<>(List.of(source.substring(from, end).split("\n", -1)));
        for (String each : lines) {
            if (!each.isBlank()) {
                int width = 0;
                while (Character.isWhitespace(each.charAt(width))) {
                    width++;
                }
                least = Math.min(least, width);
            }
        }
        return least == Integer.MAX_VALUE ? 0 : least;
    }
}
