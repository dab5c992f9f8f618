package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.time.StampReader;

/** Goes through SQL statement by statement, past comments, strings and quoted bodies. */
final class SqlSkipper {

    private final String text;
    private int at;

    SqlSkipper(String text) {
        this.text = text;
    }

    /** {@return where the next statement begins, -1 at the end} */
    int nextWord() {
        blanks();
        while (at < text.length() && !atWord()) {
            at++;
            blanks();
        }
        return at < text.length() ? at : -1;
    }

    boolean atWord() {
        return at < text.length() && isWordPart(text.charAt(at));
    }

    String word() {
        int from = at;
        while (atWord()) {
            at++;
        }
        return text.substring(from, at);
    }

    /** Goes past blanks and comments. */
    void blanks() {
        while (at < text.length()) {
            if (text.startsWith("--", at)) {
                at = after("\n", at);
            } else if (text.startsWith("/*", at)) {
                comment();
            } else if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                return;
            }
        }
    }

    private void comment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    /** Goes past the semicolon that ends the statement. */
    void statementEnd() {
        while (at < text.length()) {
            blanks();
            if (at >= text.length()) {
                return;
            }
            char c = text.charAt(at);
            if (c == ';') {
                at++;
                return;
            }
            if (c == '\'') {
                string();
            } else if (c == '"') {
                at = after("\"", at + 1);
            } else if (c == '$') {
                dollar();
            } else if (isWordPart(c)) {
                word();
            } else {
                at++;
            }
        }
    }

    private void string() {
        boolean escapes = at > 0 && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E');
        at++;
        while (at < text.length() && text.charAt(at) != '\'') {
            at += escapes && text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(text.length(), at + 1);
    }

    private void dollar() {
        int tagEnd = at + 1;
        while (tagEnd < text.length() && isWordPart(text.charAt(tagEnd))) {
            tagEnd++;
        }
        boolean opens = tagEnd < text.length()
                && text.charAt(tagEnd) == '$'
                && (tagEnd == at + 1 || !StampReader.isDigit(text.charAt(at + 1)));
        at = opens ? after(text.substring(at, tagEnd + 1), tagEnd + 1) : at + 1;
    }

    private int after(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
