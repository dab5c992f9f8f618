package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.code.Token.Kind;
import java.util.Set;

/** Reads the tokens of JavaScript and TypeScript: templates, regular expressions, and markup between tags. */
final class ScriptLexer extends BraceReader {

    private static final Set<String> BEFORE_EXPRESSION = Set.of(
            "return",
            "typeof",
            "case",
            "in",
            "of",
            "delete",
            "void",
            "throw",
            "new",
            "else",
            "do",
            "await",
            "yield",
            "from",
            "import",
            "default",
            "extends",
            "instanceof",
            "export");

    ScriptLexer(String source) {
        super(source);
    }

    @Override
    boolean string(char c) {
        if (c == '`') {
            template();
        } else if (c == '"') {
            simple('"');
        } else if (c == '\'' && !apostrophe()) {
            simple('\'');
        } else if (c == '/' && expressionFollows()) {
            regex();
        } else {
            return false;
        }
        return true;
    }

    /** An apostrophe in the text between two tags: {@code <p>Don't</p>}. */
    private boolean apostrophe() {
        return at > 0
                && Character.isLetterOrDigit(source.charAt(at - 1))
                && last().is(Kind.WORD)
                && !BEFORE_EXPRESSION.contains(last().text());
    }

    private boolean expressionFollows() {
        Token before = last();
        for (int i = tokens.size() - 1; i >= 0 && before.is(Kind.NEWLINE); i--) {
            before = tokens.get(i);
        }
        return switch (before.kind()) {
            case WORD -> BEFORE_EXPRESSION.contains(before.text());
            case STRING, NUMBER -> false;
            case SYMBOL -> !Set.of(")", "]", "}", "<", "</").contains(before.text());
            default -> true;
        };
    }

    private void regex() {
        int end = regexEnd();
        add(end > at + 1 ? Kind.NUMBER : Kind.SYMBOL, at, line, end);
        at = end;
    }

    /** Behind the expression and its flags; behind the slash alone where nothing on the line closes it. */
    private int regexEnd() {
        int end = at + 1;
        boolean set = false;
        while (end < source.length() && source.charAt(end) != '\n' && (set || source.charAt(end) != '/')) {
            char c = source.charAt(end);
            set = c == '[' || (set && c != ']');
            end += c == '\\' ? 2 : 1;
        }
        boolean closed = end < source.length() && source.charAt(end) == '/';
        return closed ? wordEnd(end + 1) : at + 1;
    }

    /** The last character before this place that is no blank. */
    private char before() {
        int i = at - 1;
        while (i >= 0 && source.charAt(i) == ' ') {
            i--;
        }
        return i < 0 ? '(' : source.charAt(i);
    }

    private void template() {
        int start = at;
        int first = line;
        CodeText text = new CodeText();
        at++;
        while (more() && peek(0) != '`') {
            if (peek(0) == '\\') {
                Escapes.read(this, text);
            } else if (peek(0) == '$' && peek(1) == '{') {
                hole(text, "$");
            } else {
                text.append(peek(0), line);
                moveTo(at + 1);
            }
        }
        at += more() ? 1 : 0;
        addString("`", text, start, first);
    }

    /** A template inside of a hole is a string of its own, and is listed before the one around it. */
    @Override
    boolean stringInHole(char c) {
        if (c == '`') {
            template();
            return true;
        }
        if (c == '/' && peek(1) != '/' && peek(1) != '*' && "(,=:[!&|?{;".indexOf(before()) >= 0) {
            at = regexEnd();
            return true;
        }
        return super.stringInHole(c);
    }
}
