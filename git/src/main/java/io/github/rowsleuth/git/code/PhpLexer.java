package io.github.rowsleuth.git.code;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tokens of PHP; what stands outside of its tags is passed over. */
final class PhpLexer extends BraceReader {

    private static final Pattern HEREDOC =
            Pattern.compile("<<<[ \\t]*(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\\1[^\\n]{0,3}\\n");
    private static final int MAX_OPENER = 120;

    PhpLexer(String source) {
        super(source);
    }

    @Override
    Tokens read() {
        moveTo(codeStart(0));
        return super.read();
    }

    private int codeStart(int from) {
        int open = indexOf("<?", from);
        return Math.min(source.length(), open + 2);
    }

    @Override
    boolean comments(char c) {
        boolean hash = c == '#' && peek(1) != '[';
        if (hash || (c == '/' && peek(1) == '/')) {
            comment(Math.min(lineEnd(), indexOf("?>", at)));
            return true;
        }
        if (c == '?' && peek(1) == '>') {
            moveTo(codeStart(at));
            return true;
        }
        return super.comments(c);
    }

    @Override
    boolean string(char c) {
        if (c == '\'') {
            plain();
        } else if (c == '"') {
            escaped();
        } else if (c == '`') {
            raw(1, "`");
        } else {
            return c == '<' && heredoc();
        }
        return true;
    }

    private void plain() {
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        at++;
        while (more() && peek(0) != '\'') {
            if (peek(0) == '\\' && (peek(1) == '\'' || peek(1) == '\\')) {
                at++;
            }
            text.append(peek(0), line);
            moveTo(at + 1);
        }
        at += more() ? 1 : 0;
        addString("", text, start, first);
    }

    private void escaped() {
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        at++;
        while (more() && peek(0) != '"') {
            content(text);
        }
        at += more() ? 1 : 0;
        addString("", text, start, first);
    }

    private void content(CodeText text) {
        if (peek(0) == '\\' && "nrtvef\\$\"01234567xu".indexOf(peek(1)) >= 0) {
            Escapes.read(this, text);
        } else if (peek(0) == '{' && peek(1) == '$') {
            hole(text, "");
        } else {
            text.append(peek(0), line);
            moveTo(at + 1);
        }
    }

    private boolean heredoc() {
        Matcher opener = HEREDOC.matcher(source).region(at, Math.min(source.length(), at + MAX_OPENER));
        if (!opener.lookingAt()) {
            return false;
        }
        int start = at;
        int first = line;
        moveTo(opener.end());
        Heredoc body = Heredoc.of(source, at, opener.group(2), true);
        boolean plain = opener.group(1).equals("'");
        CodeText text = new CodeText();
        while (at < body.end()) {
            if (at == 0 || source.charAt(at - 1) == '\n') {
                moveTo(Math.min(body.end(), body.afterIndent(source, at)));
            }
            if (at < body.end() && plain) {
                text.append(peek(0), line);
                moveTo(at + 1);
            } else if (at < body.end()) {
                content(text);
            }
        }
        moveTo(body.after());
        addString("<<<", text, start, first);
        return true;
    }
}
