package io.github.rowsleuth.git.automation.code;

import io.github.rowsleuth.git.automation.code.CodeToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes a program apart into names, strings and signs, and leaves comments out. It never fails. */
final class CodeScanner {

    private static final int MAX_TOKENS = 400_000;
    private static final int MAX_STRING = 20_000;
    private static final Set<String> BEFORE_PATTERN =
            Set.of("return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do");

    private final String source;
    private final CodeLanguage language;
    private final List<CodeToken> tokens = new ArrayList<>();
    private int at;
    private int line;
    private int lineStart;
    private int depth;

    private CodeScanner(String source, CodeLanguage language, int firstLine) {
        this.source = source;
        this.language = language;
        this.line = firstLine;
    }

    static List<CodeToken> scan(String source, CodeLanguage language, int firstLine) {
        return new CodeScanner(source, language, firstLine).run();
    }

    private List<CodeToken> run() {
        while (at < source.length() && tokens.size() < MAX_TOKENS) {
            char c = source.charAt(at);
            if (c == '\n') {
                lineEnd();
            } else if (c == '\\' && at + 1 < source.length()) {
                at++;
                passLineBreak();
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (!comment()) {
                token(c);
            }
        }
        add(Kind.LINE_END, "\n", at);
        return tokens;
    }

    private void token(char c) {
        if (isString(c)) {
            string();
        } else if (Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '@') {
            name();
        } else {
            sign(c);
        }
    }

    private void add(Kind kind, String text, int start) {
        tokens.add(new CodeToken(kind, text, line, Math.max(0, start - lineStart)));
    }

    private void lineEnd() {
        if (depth == 0 || language.braces()) {
            add(Kind.LINE_END, "\n", at);
        }
        passLineBreak();
    }

    private void passLineBreak() {
        if (at < source.length() && source.charAt(at) == '\n') {
            line++;
            lineStart = at + 1;
        }
        at++;
    }

    private boolean comment() {
        boolean toLineEnd = source.startsWith(language.lineComment(), at)
                || (language == CodeLanguage.PHP && source.charAt(at) == '#')
                || (language == CodeLanguage.HCL && source.startsWith("//", at));
        if (toLineEnd) {
            int end = source.indexOf('\n', at);
            at = end < 0 ? source.length() : end;
            return true;
        }
        if (language.braces() && source.startsWith("/*", at)) {
            int end = source.indexOf("*/", at + 2);
            passTo(end < 0 ? source.length() : end + 2);
            return true;
        }
        return false;
    }

    private void passTo(int end) {
        while (at < end) {
            passLineBreak();
        }
    }

    private boolean isString(char c) {
        if (c == '"' || c == '\'' || (c == '`' && language != CodeLanguage.PYTHON)) {
            return true;
        }
        if (c == '<' && language == CodeLanguage.RUBY) {
            return source.startsWith("<<~", at) || source.startsWith("<<-", at);
        }
        if (c == '<' && language == CodeLanguage.HCL) {
            return source.startsWith("<<", at);
        }
        return c == '/' && language == CodeLanguage.JAVASCRIPT && beforePattern();
    }

    /** Whether a slash begins a pattern, and does not divide. */
    private boolean beforePattern() {
        if (tokens.isEmpty()) {
            return true;
        }
        CodeToken last = tokens.get(tokens.size() - 1);
        return switch (last.kind()) {
            case LINE_END -> true;
            case STRING -> false;
            case NAME -> BEFORE_PATTERN.contains(last.text());
            case SIGN -> !last.is(')') && !last.is(']');
        };
    }

    private void name() {
        int start = at;
        if ((language == CodeLanguage.PYTHON) && stringPrefix()) {
            return;
        }
        at++;
        while (at < source.length()
                && (Character.isLetterOrDigit(source.charAt(at))
                        || source.charAt(at) == '_'
                        || source.charAt(at) == '$'
                        || (language == CodeLanguage.HCL && source.charAt(at) == '-'))) {
            at++;
        }
        tokens.add(
                new CodeToken(Kind.NAME, source.substring(start, Math.min(at, start + 400)), line, start - lineStart));
    }

    private boolean stringPrefix() {
        int end = at;
        while (end < source.length() && end - at < 3 && "rRbBuUfFtT".indexOf(source.charAt(end)) >= 0) {
            end++;
        }
        if (end == at || end >= source.length() || (source.charAt(end) != '"' && source.charAt(end) != '\'')) {
            return false;
        }
        String prefix = source.substring(at, end).toLowerCase(java.util.Locale.ROOT);
        at = end;
        quoted(prefix.contains("f") || prefix.contains("t"), prefix.contains("r"));
        return true;
    }

    private void string() {
        char c = source.charAt(at);
        if (c == '<') {
            document();
        } else if (c == '/') {
            pattern();
        } else {
            quoted(false, language == CodeLanguage.GO && c == '`');
        }
    }

    private void pattern() {
        int start = at;
        at++;
        boolean inClass = false;
        while (at < source.length() && source.charAt(at) != '\n' && (inClass || source.charAt(at) != '/')) {
            char c = source.charAt(at);
            inClass = c == '[' || (inClass && c != ']');
            at += c == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, source.length());
        tokens.add(new CodeToken(Kind.STRING, "", line, start - lineStart));
    }

    private void document() {
        int start = at;
        int startLine = line;
        int startColumn = at - lineStart;
        at += 2;
        while (at < source.length() && "~-'\"".indexOf(source.charAt(at)) >= 0) {
            at++;
        }
        int nameEnd = at;
        while (nameEnd < source.length()
                && (Character.isLetterOrDigit(source.charAt(nameEnd)) || source.charAt(nameEnd) == '_')) {
            nameEnd++;
        }
        String end = source.substring(at, nameEnd);
        int body = source.indexOf('\n', nameEnd);
        if (end.isEmpty() || body < 0) {
            at = start + 2;
            add(Kind.SIGN, "<", start);
            return;
        }
        at = body;
        passLineBreak();
        StringBuilder text = new StringBuilder();
        while (at < source.length()) {
            int next = source.indexOf('\n', at);
            String row = source.substring(at, next < 0 ? source.length() : next);
            passTo(next < 0 ? source.length() : next + 1);
            if (row.strip().equals(end)) {
                break;
            }
            if (text.length() < MAX_STRING) {
                text.append(row).append('\n');
            }
        }
        tokens.add(new CodeToken(Kind.STRING, text.toString(), startLine + 1, startColumn));
        tokens.add(new CodeToken(Kind.LINE_END, "\n", line, 0));
    }

    private void quoted(boolean holes, boolean raw) {
        int startLine = line;
        int column = at - lineStart;
        char quote = source.charAt(at);
        boolean triple = source.startsWith(String.valueOf(quote).repeat(3), at) && quote != '`';
        String end = String.valueOf(quote).repeat(triple ? 3 : 1);
        boolean acrossLines = triple || quote == '`' || language == CodeLanguage.PHP || language == CodeLanguage.RUBY;
        at += end.length();
        StringBuilder text = new StringBuilder();
        while (at < source.length() && !source.startsWith(end, at)) {
            char c = source.charAt(at);
            if (c == '\n' && !acrossLines) {
                break;
            }
            if (c == '\\' && !raw && at + 1 < source.length()) {
                at++;
                escaped(text);
            } else if (hole(c, holes, quote)) {
                text.append(holeText());
            } else {
                if (text.length() < MAX_STRING) {
                    text.append(c);
                }
                passLineBreak();
            }
        }
        at += source.startsWith(end, at) ? end.length() : 0;
        tokens.add(new CodeToken(Kind.STRING, text.toString(), startLine, column));
    }

    private void escaped(StringBuilder text) {
        char c = source.charAt(at);
        if (c == 'n') {
            text.append('\n');
        } else if (c == 't') {
            text.append('\t');
        } else if (c != '\n' && c != '\r') {
            text.append(c);
        }
        passLineBreak();
    }

    private boolean hole(char c, boolean formatted, char quote) {
        char next = at + 1 < source.length() ? source.charAt(at + 1) : 0;
        return switch (language) {
            case PYTHON -> {
                if (formatted && c == '{' && next == '{') {
                    at++;
                    yield false;
                }
                yield formatted && c == '{';
            }
            case JAVASCRIPT -> quote == '`' && c == '$' && next == '{';
            case RUBY -> quote != '\'' && c == '#' && next == '{';
            case JAVA, HCL -> quote == '"' && c == '$' && next == '{';
            case PHP -> quote == '"' && c == '{' && next == '$';
            case GO -> false;
        };
    }

    /** The expression of a hole, as {@code ${x}} where it is a name with its parts. */
    private String holeText() {
        at = source.indexOf('{', at) + 1;
        int start = at;
        int level = 1;
        while (at < source.length() && at - start < 2_000) {
            char c = source.charAt(at);
            level += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (level == 0) {
                break;
            }
            passLineBreak();
        }
        String inside = source.substring(start, Math.min(at, source.length())).strip();
        at = Math.min(at + 1, source.length());
        int end = 0;
        while (end < inside.length()
                && (Character.isLetterOrDigit(inside.charAt(end)) || "_.$".indexOf(inside.charAt(end)) >= 0)) {
            end++;
        }
        return "${" + inside.substring(0, end) + "}";
    }

    private void sign(char c) {
        if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
            depth--;
        }
        if (source.startsWith("=>", at)) {
            add(Kind.SIGN, "=>", at);
            at += 2;
            return;
        }
        add(Kind.SIGN, String.valueOf(c), at);
        at++;
    }
}
