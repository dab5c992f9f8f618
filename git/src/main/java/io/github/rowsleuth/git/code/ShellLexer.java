package io.github.rowsleuth.git.code;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the words and operators of a shell (POSIX, section 2 "Shell Command Language", and what bash adds): quotes,
 * substitutions, here-documents.
 */
final class ShellLexer extends SourceReader {

    private static final Pattern HEREDOC = Pattern.compile("<<(-?)[ \\t]*(['\"\\\\]?)([A-Za-z_][A-Za-z0-9_]*)\\2");
    private static final String[] OPERATORS = {"&&", "||", ";;", "|&", "&>", ">>", ">&", "<&", ">|", "<<<", "<("};
    private static final int MAX_OPENER = 90;
    private static final int DEEPEST = 30;

    private final Deque<Matcher> awaited = new ArrayDeque<>();
    private int depth;

    ShellLexer(String source, int firstLine) {
        super(source);
        line = firstLine;
    }

    @Override
    Tokens read() {
        while (more()) {
            char c = peek(0);
            if (c == '\n') {
                add(Token.Kind.NEWLINE, at, line, at);
                moveTo(at + 1);
                bodies();
            } else if (c == '\\' && peek(1) == '\n') {
                moveTo(at + 2);
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#') {
                comment(lineEnd());
            } else if (!heredoc() && !operator(c)) {
                shellWord();
            }
        }
        bodies();
        return done();
    }

    private boolean operator(char c) {
        if ("&|;<>(){}".indexOf(c) < 0) {
            return false;
        }
        boolean brace = (c == '{' || c == '}')
                && !Character.isWhitespace(peek(1))
                && peek(1) != 0
                && peek(1) != ';'
                && peek(1) != ')';
        if (brace) {
            return false; // a list of alternatives, or the end of one
        }
        symbol(OPERATORS);
        return true;
    }

    private boolean heredoc() {
        if (!at("<<") || at("<<<")) {
            return false;
        }
        Matcher opener = HEREDOC.matcher(source).region(at, Math.min(source.length(), at + MAX_OPENER));
        if (!opener.lookingAt()) {
            return false;
        }
        awaited.add(opener);
        tokens.add(new Token(Token.Kind.SYMBOL, "<<", CodeText.EMPTY, line, at, opener.end()));
        at = opener.end();
        return true;
    }

    /** The bodies of the here-documents of the line that ended; each is a string of its own. */
    private void bodies() {
        while (!awaited.isEmpty()) {
            Matcher opener = awaited.pop();
            boolean tabs = !opener.group(1).isEmpty();
            CodeText text = new CodeText();
            int start = at;
            int first = line;
            while (more()) {
                String body = source.substring(at, lineEnd());
                int number = line;
                moveTo(Math.min(source.length(), lineEnd() + 1));
                if ((tabs ? body.stripLeading() : body).stripTrailing().equals(opener.group(3))) {
                    break;
                }
                text.append((tabs ? body.replaceFirst("^\\t+", "") : body) + "\n", number);
            }
            tokens.add(new Token(Token.Kind.STRING, "<<", text, first, start, at));
        }
    }

    /** A word, quotes taken off; {@code text} is "q" where it was quoted, and substitutions stay as they stand. */
    private void shellWord() {
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        boolean quoted = false;
        while (more() && (!ends(peek(0)) || at == start)) {
            char c = peek(0);
            if (c == '\'') {
                quoted = true;
                single(text);
            } else if (c == '"') {
                quoted = true;
                doubled(text);
            } else if (c == '$' && peek(1) == '\'') {
                quoted = true;
                at++;
                ansi(text);
            } else if (!substitution(c, text)) {
                boolean escaped = c == '\\' && at + 1 < source.length();
                at += escaped ? 1 : 0;
                if (!(escaped && peek(0) == '\n')) {
                    text.append(peek(0), line);
                }
                moveTo(at + 1);
            }
        }
        tokens.add(new Token(
                quoted ? Token.Kind.STRING : Token.Kind.WORD, source.substring(start, at), text, first, start, at));
    }

    private boolean ends(char c) {
        boolean brace = c == '}' || c == '{';
        return Character.isWhitespace(c) || ("&|;<>()".indexOf(c) >= 0 && !brace);
    }

    private void single(CodeText text) {
        at++;
        while (more() && peek(0) != '\'') {
            text.append(peek(0), line);
            moveTo(at + 1);
        }
        at += more() ? 1 : 0;
    }

    private void ansi(CodeText text) {
        at++;
        while (more() && peek(0) != '\'') {
            if (peek(0) == '\\') {
                Escapes.read(this, text);
            } else {
                text.append(peek(0), line);
                moveTo(at + 1);
            }
        }
        at += more() ? 1 : 0;
    }

    private void doubled(CodeText text) {
        at++;
        while (more() && peek(0) != '"') {
            char c = peek(0);
            if (c == '\\' && "\"\\$`\n".indexOf(peek(1)) >= 0) {
                if (peek(1) != '\n') {
                    text.append(peek(1), line);
                }
                moveTo(at + 2);
            } else if (!substitution(c, text)) {
                text.append(c, line);
                moveTo(at + 1);
            }
        }
        at += more() ? 1 : 0;
    }

    /** {@code $(…)}, {@code ${…}} and backticks stay as they stand; the brackets and quotes in them are followed. */
    private boolean substitution(char c, CodeText text) {
        boolean parenthesis = c == '$' && peek(1) == '(';
        boolean brace = c == '$' && peek(1) == '{';
        if ((!parenthesis && !brace && c != '`') || depth >= DEEPEST) {
            return false;
        }
        int start = at;
        int first = line;
        depth++;
        if (c == '`') {
            moveTo(Math.min(source.length(), indexOf("`", at + 1) + 1));
        } else {
            inside(parenthesis ? '(' : '{', parenthesis ? ')' : '}');
        }
        depth--;
        text.append(source.substring(start, at).replace('\n', ' '), first);
        return true;
    }

    private void inside(char opener, char closer) {
        at += 2;
        int open = 1;
        while (more() && open > 0) {
            char c = peek(0);
            if (c == '\\') {
                moveTo(at + 2);
            } else if (c == '\'' && opener == '(') {
                single(new CodeText());
            } else if (c == '"') {
                doubled(new CodeText());
            } else {
                open += c == opener ? 1 : c == closer ? -1 : 0;
                moveTo(at + 1);
            }
        }
    }
}
