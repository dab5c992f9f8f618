package io.github.rowsleuth.logs.event;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form of error message that is known, and therefore known to hold no row values but in its quotes (PostgreSQL
 * documentation, appendix A "PostgreSQL Error Codes").
 *
 * @param sqlState its SQLSTATE
 * @param begins how it begins
 * @param holds what else it holds
 */
record ErrorForm(String sqlState, String begins, String holds) {

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern LITERAL = Pattern.compile("'[^']*'");
    private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$.]{0,127}");
    private static final int MAX_LENGTH = 500;
    private static final String SYNTAX = "42601";

    private static final List<ErrorForm> KNOWN = List.of(
            new ErrorForm(SYNTAX, "syntax error", ""),
            new ErrorForm(SYNTAX, "unterminated ", ""),
            new ErrorForm("23503", "update or delete on table ", "violates foreign key constraint"),
            new ErrorForm("23503", "insert or update on table ", "violates foreign key constraint"),
            new ErrorForm("42501", "permission denied", ""),
            new ErrorForm("42501", "must be owner of ", ""),
            new ErrorForm("42P01", "relation ", " does not exist"),
            new ErrorForm("42P01", "table ", " does not exist"),
            new ErrorForm("42P01", "missing FROM-clause entry", ""),
            new ErrorForm("42703", "column ", " does not exist"),
            new ErrorForm("42704", "type ", " does not exist"),
            new ErrorForm("42883", "function ", " does not exist"),
            new ErrorForm("42883", "operator does not exist", ""),
            new ErrorForm("3F000", "schema ", " does not exist"),
            new ErrorForm("3D000", "database ", " does not exist"),
            new ErrorForm("0A000", "cannot truncate a table referenced", ""),
            new ErrorForm("2BP01", "cannot drop ", "because other objects depend on it"),
            new ErrorForm("55006", "database ", " is being accessed by other users"),
            new ErrorForm("55006", "cannot ", "because it is being used by active queries"),
            new ErrorForm("57014", "canceling statement", ""),
            new ErrorForm("55P03", "canceling statement due to lock timeout", ""),
            new ErrorForm("57P01", "terminating connection due to administrator command", ""),
            new ErrorForm("40P01", "deadlock detected", ""),
            new ErrorForm("40001", "could not serialize access", ""),
            new ErrorForm("25P02", "current transaction is aborted", ""),
            new ErrorForm("25006", "cannot execute ", "in a read-only transaction"),
            new ErrorForm("23502", "null value in column ", ""),
            new ErrorForm("23505", "duplicate key value violates unique constraint ", ""),
            new ErrorForm("23514", "new row for relation ", "violates check constraint"),
            new ErrorForm("22P02", "invalid input syntax for ", ""));

    /** {@return the form of that message, if it is known} */
    static Optional<ErrorForm> of(String message) {
        if (message.startsWith("canceling statement due to lock timeout")) {
            return KNOWN.stream().filter(f -> f.sqlState.equals("55P03")).findFirst();
        }
        return KNOWN.stream()
                .filter(f -> message.startsWith(f.begins) && message.contains(f.holds))
                .findFirst();
    }

    /** {@return whether nothing of the text ran, because it could not be read} */
    boolean beforeAnythingRan() {
        return sqlState.equals(SYNTAX);
    }

    /** {@return the message without values: identifiers stay in their quotes, everything else in quotes goes} */
    static String redact(String message) {
        int key = message.indexOf("Key (");
        int line = message.indexOf('\n');
        int end = Math.min(key < 0 ? message.length() : key, line < 0 ? message.length() : line);
        String text = message.substring(0, Math.min(end, MAX_LENGTH));
        int value = text.indexOf(": \"");
        if (value >= 0) {
            text = text.substring(0, value) + ": \"?\"";
        }
        text = LITERAL.matcher(text).replaceAll("?");
        return QUOTED.matcher(text)
                .replaceAll(quoted -> IDENTIFIER.matcher(quoted.group(1)).matches() || !holdsValue(quoted.group(1))
                        ? Matcher.quoteReplacement(quoted.group())
                        : "\"?\"")
                .strip();
    }

    /** {@return whether a quoted piece can be more than punctuation, as in {@code at or near ")"}} */
    private static boolean holdsValue(String piece) {
        return piece.chars().anyMatch(Character::isLetterOrDigit);
    }
}
