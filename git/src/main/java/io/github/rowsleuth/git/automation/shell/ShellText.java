package io.github.rowsleuth.git.automation.shell;

import io.github.rowsleuth.git.automation.shell.ShellNode.Redirect;
import io.github.rowsleuth.git.automation.shell.Word.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a script while it is being read: words, quotes, comments, here-documents, and the line. */
final class ShellText {

    private static final int MAX_WORD = 64_000;
    private static final int MAX_PEEK = 256;
    private static final Pattern REDIRECT = Pattern.compile("(?:\\d{0,2}|&)(<<<|<<-?|>>|>\\||<>|[<>]&|[<>])(?!\\()");

    private static final Pattern QUOTES = Pattern.compile("['\"\\\\]");
    private static final Pattern VARIABLE = Pattern.compile("!?([A-Za-z_][A-Za-z0-9_]*|[@*#?0-9])(?:\\[[@*]\\])?");
    private static final List<String> OPERATORS =
            List.of(":-", ":=", ":+", ":?", "##", "%%", "//", "-", "=", "+", "?", "#", "%", "/", ":");

    private final String source;
    private int at;
    private int line;
    private int resumeAt;
    private int resumeLine;

    ShellText(String source, int firstLine) {
        this.source = source;
        this.line = firstLine;
    }

    /** Whether a character ends a command where it stands outside of quotes. */
    static boolean endsCommand(char c) {
        return c == 0 || c == ';' || c == '&' || c == '|' || c == ')' || c == '(' || c == '\n';
    }

    boolean atEnd() {
        return at >= source.length();
    }

    int position() {
        return at;
    }

    int line() {
        return line;
    }

    char peek() {
        return at < source.length() ? source.charAt(at) : 0;
    }

    boolean startsWith(String text) {
        return source.startsWith(text, at);
    }

    String between(int from, int to) {
        return source.substring(from, Math.min(Math.max(from, to), Math.min(source.length(), from + 4_000)));
    }

    void skip(int count) {
        for (int i = 0; i < count && at < source.length(); i++) {
            line += source.charAt(at) == '\n' ? 1 : 0;
            at++;
        }
    }

    /** The characters up to the next blank or sign, without expanding anything. */
    String peekWord() {
        int end = at;
        while (end < source.length()
                && end - at < MAX_PEEK
                && !Character.isWhitespace(source.charAt(end))
                && ";&|()".indexOf(source.charAt(end)) < 0) {
            end++;
        }
        return source.substring(at, end);
    }

    void skipWord() {
        skip(peekWord().length());
    }

    /** Passes what is left of the line. */
    void skipLine() {
        int end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end;
    }

    /** Passes blanks, comments and continued lines; line breaks too if so said. */
    void skipBlank(boolean acrossLines) {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\n' && !acrossLines) {
                return;
            } else if (c == '\n') {
                newline();
            } else if (c == '\\' && at + 1 < source.length() && source.charAt(at + 1) == '\n') {
                skip(2);
            } else if (c == '\\' && source.startsWith("\r\n", at + 1)) {
                skip(3);
            } else if (c == '#' && (at == 0 || " \t\r\n;&|()".indexOf(source.charAt(at - 1)) >= 0)) {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return;
            }
        }
    }

    /** Passes what separates commands: semicolons, ampersands and line breaks. */
    void skipSeparators() {
        skipBlank(true);
        while ((peek() == ';' && !startsWith(";;")) || (peek() == '&' && !startsWith("&&"))) {
            at++;
            skipBlank(true);
        }
    }

    private void newline() {
        at++;
        line++;
        if (resumeAt > at) {
            at = resumeAt;
            line = resumeLine;
        }
        resumeAt = 0;
    }

    /** A redirection, if one begins here. The text of a here-document is read ahead and later passed over. */
    Optional<Redirect> redirect() {
        char first = peek();
        if (first != '<' && first != '>' && first != '&' && !Character.isDigit(first)) {
            return Optional.empty();
        }
        Matcher matcher = REDIRECT.matcher(source).region(at, Math.min(source.length(), at + 8));
        matcher.useTransparentBounds(true);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        String operator = matcher.group(1);
        at = matcher.end();
        skipBlank(false);
        if (!operator.startsWith("<<") || operator.equals("<<<")) {
            return Optional.of(new Redirect(operator, word(), Optional.empty()));
        }
        String delimiter = QUOTES.matcher(peekWord()).replaceAll("");
        skipWord();
        return Optional.of(new Redirect("<<", Word.of(""), Optional.of(document(delimiter, operator.endsWith("-")))));
    }

    private HereDocument document(String delimiter, boolean tabs) {
        int end = source.indexOf('\n', at);
        int from = resumeAt > 0 ? resumeAt : end < 0 ? source.length() : end + 1;
        int row = resumeAt > 0 ? resumeLine : line + 1;
        int start = row;
        StringBuilder text = new StringBuilder();
        while (from < source.length()) {
            int next = source.indexOf('\n', from);
            String content = source.substring(from, next < 0 ? source.length() : next);
            from = next < 0 ? source.length() : next + 1;
            row++;
            if ((tabs ? content.strip() : content.stripTrailing()).equals(delimiter)) {
                break;
            }
            text.append(content).append('\n');
        }
        resumeAt = from;
        resumeLine = row;
        return new HereDocument(text.toString(), start);
    }

    /** The text up to and with the given end, as it stands. */
    String raw(String end) {
        int found = source.indexOf(end, at);
        int stop = found < 0 ? source.length() : found + end.length();
        String text = source.substring(at, Math.min(stop, at + MAX_WORD));
        skip(stop - at);
        return text;
    }

    /** The next word, its quotes resolved. */
    Word word() {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int start = at;
        while (at < source.length() && at - start < MAX_WORD) {
            char c = peek();
            if (c == '\'' || (c == '$' && startsWith("$'"))) {
                flush(plain, pieces);
                pieces.add(new Word.Text(single(), true));
            } else if (c == '"' || (c == '$' && startsWith("$\""))) {
                flush(plain, pieces);
                at += c == '$' ? 1 : 0;
                quoted(pieces);
            } else if (c == '\\') {
                escaped(plain);
            } else if (c == '$' || c == '`' || ((c == '<' || c == '>') && startsWith(c + "("))) {
                flush(plain, pieces);
                expansion(pieces, false);
            } else if (c == '(' && extendedPattern(plain)) {
                plain.append(raw(")"));
            } else if (endsCommand(c) || Character.isWhitespace(c) || c == '<' || c == '>') {
                break;
            } else {
                plain.append(c);
                at++;
            }
        }
        flush(plain, pieces);
        return new Word(pieces);
    }

    private static boolean extendedPattern(StringBuilder before) {
        return before.length() > 0 && "@!+*?=".indexOf(before.charAt(before.length() - 1)) >= 0;
    }

    private static void flush(StringBuilder plain, List<Piece> pieces) {
        if (plain.length() > 0) {
            pieces.add(new Word.Text(plain.toString(), false));
            plain.setLength(0);
        }
    }

    private void escaped(StringBuilder into) {
        at++;
        if (peek() == '\n') {
            newline();
        } else if (at < source.length()) {
            into.append(peek());
            at++;
        }
    }

    private String single() {
        boolean escapes = peek() == '$';
        at += escapes ? 2 : 1;
        int start = at;
        while (at < source.length() && peek() != '\'') {
            skip(escapes && peek() == '\\' ? 2 : 1);
        }
        String text = source.substring(start, Math.min(at, start + MAX_WORD));
        at++;
        return escapes ? text.replace("\\n", "\n").replace("\\'", "'").replace("\\t", "\t") : text;
    }

    private void quoted(List<Piece> pieces) {
        at++;
        StringBuilder text = new StringBuilder();
        while (at < source.length() && peek() != '"') {
            char c = peek();
            if (c == '\\' && at + 1 < source.length()) {
                char next = source.charAt(at + 1);
                if ("$`\"\\\n".indexOf(next) < 0) {
                    text.append(c);
                }
                skip(1);
                text.append(next == '\n' ? "" : String.valueOf(next));
                skip(1);
            } else if (c == '$' || c == '`') {
                pieces.add(new Word.Text(text.toString(), true));
                text.setLength(0);
                expansion(pieces, true);
            } else {
                text.append(c);
                skip(1);
            }
        }
        at++;
        pieces.add(new Word.Text(text.toString(), true));
    }

    /** A variable, the output of commands, arithmetic, or a lonely sign. */
    private void expansion(List<Piece> pieces, boolean quoted) {
        int start = line;
        char c = peek();
        if (c == '`') {
            at++;
            pieces.add(new Word.Output(upTo('`'), start, quoted));
        } else if (startsWith("$((")) {
            raw("))");
            pieces.add(new Word.Variable("arithmetic", "", "", quoted));
        } else if (startsWith("$(") || c == '<' || c == '>') {
            at += 2;
            pieces.add(new Word.Output(balanced('(', ')'), start, quoted));
        } else if (startsWith("${")) {
            at += 2;
            pieces.add(variable(balanced('{', '}'), quoted));
        } else {
            at++;
            String name = bareName();
            pieces.add(name.isEmpty() ? new Word.Text("$", quoted) : new Word.Variable(name, "", "", quoted));
        }
    }

    private String bareName() {
        int start = at;
        if (at < source.length() && "@*#?$!-0123456789".indexOf(peek()) >= 0) {
            at++;
        } else {
            while (at < source.length() && (Character.isLetterOrDigit(peek()) || peek() == '_')) {
                at++;
            }
        }
        return source.substring(start, at);
    }

    private static Piece variable(String inside, boolean quoted) {
        Matcher matcher = VARIABLE.matcher(inside);
        if (!matcher.lookingAt()) {
            return new Word.Variable(inside, "", "", quoted);
        }
        String rest = inside.substring(matcher.end());
        String operator =
                OPERATORS.stream().filter(rest::startsWith).findFirst().orElse("");
        return new Word.Variable(matcher.group(1), operator, rest.substring(operator.length()), quoted);
    }

    private String upTo(char end) {
        int start = at;
        while (at < source.length() && peek() != end) {
            skip(peek() == '\\' ? 2 : 1);
        }
        String text = source.substring(start, Math.min(at, start + MAX_WORD));
        at++;
        return text;
    }

    private String balanced(char open, char close) {
        int start = at;
        int level = 1;
        while (at < source.length()) {
            char c = peek();
            if (c == '\\') {
                skip(2);
                continue;
            }
            if (c == '\'' && open == '(') {
                single();
                continue;
            }
            level += c == open ? 1 : c == close ? -1 : 0;
            if (level == 0) {
                break;
            }
            skip(1);
        }
        String text = source.substring(start, Math.min(Math.min(at, source.length()), start + MAX_WORD));
        at++;
        return text;
    }
}
