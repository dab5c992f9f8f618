package io.github.rowsleuth.logs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code log_line_prefix}, compiled (PostgreSQL documentation, section 19.8.3 "What to Log"). Matched by hand, not by
 * a regular expression: log lines are hostile input.
 */
final class LinePrefix {

    /** The default of PostgreSQL and of its Docker image. */
    static final LinePrefix UPSTREAM = compile("%m [%p] ");

    /** The default of Debian and Ubuntu; also reads every line of {@link #UPSTREAM}. */
    static final LinePrefix DEBIAN = compile("%m [%p] %q%u@%d ");

    private static final String ESCAPES = "audrhbpPtmnieclsvxqQL";
    private static final int MAX_PREFIX = 2_048;
    private static final int MAX_STEPS = 10_000;
    private static final int MAX_COLONS = 4;

    private final String text;
    private final List<Token> tokens;

    private LinePrefix(String text, List<Token> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /**
     * A literal text, or one escape.
     *
     * @param literal the text, empty for an escape
     * @param escape the letter of the escape, {@code 0} for a literal
     * @param padded whether the escape is filled up with blanks
     */
    private record Token(String literal, char escape, boolean padded) {}

    /**
     * {@return the prefix, compiled}
     *
     * @param prefix as {@code SHOW log_line_prefix} prints it
     * @throws IllegalArgumentException if it has an escape that PostgreSQL does not know, or no time stamp
     */
    static LinePrefix compile(String prefix) {
        List<Token> tokens = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        boolean timed = false;
        for (int i = 0; i < prefix.length(); i++) {
            if (prefix.charAt(i) != '%' || prefix.startsWith("%%", i)) {
                literal.append(prefix.charAt(i));
                i += prefix.startsWith("%%", i) ? 1 : 0;
                continue;
            }
            int letter = i + 1;
            while (letter < prefix.length() && "-0123456789".indexOf(prefix.charAt(letter)) >= 0) {
                letter++;
            }
            if (letter == prefix.length() || ESCAPES.indexOf(prefix.charAt(letter)) < 0) {
                throw new IllegalArgumentException("expected a log_line_prefix with the escapes " + ESCAPES
                        + " of PostgreSQL; found '" + prefix.substring(i) + "'; give what SHOW log_line_prefix prints");
            }
            flush(literal, tokens);
            tokens.add(new Token("", prefix.charAt(letter), letter > i + 1));
            timed |= "mtn".indexOf(prefix.charAt(letter)) >= 0;
            i = letter;
        }
        flush(literal, tokens);
        if (!timed) {
            throw new IllegalArgumentException("expected a log_line_prefix with a time stamp (%m, %t or %n); found '"
                    + prefix + "'; without one no statement can be placed in time");
        }
        return new LinePrefix(prefix, List.copyOf(tokens));
    }

    private static void flush(StringBuilder literal, List<Token> tokens) {
        if (!literal.isEmpty()) {
            tokens.add(new Token(literal.toString(), '\0', false));
            literal.setLength(0);
        }
    }

    /** {@return the head that the line is, or null} */
    @Nullable Head match(String line) {
        int from = 0;
        for (int tried = 0; tried < MAX_COLONS; tried++) {
            int colon = line.indexOf(":  ", from);
            if (colon < 0 || colon > MAX_PREFIX) {
                return null;
            }
            int wordEnd = colon > 0 && Character.isSpaceChar(line.charAt(colon - 1)) ? colon - 1 : colon;
            int word = wordEnd;
            while (word > 0 && Character.isLetterOrDigit(line.charAt(word - 1))) {
                word--;
            }
            if (word < wordEnd) {
                @Nullable String[] fields = fields(line, word);
                if (fields != null) {
                    return new Head(fields, line.substring(word, wordEnd), line.substring(colon + 3));
                }
            }
            from = colon + 1;
        }
        return null;
    }

    /** {@return the fields of a prefix that ends there; with what follows {@code %q}, if that is possible} */
    private @Nullable String @Nullable [] fields(String line, int end) {
        Attempt whole = new Attempt(line, end, true);
        if (whole.matches(0, 0)) {
            return whole.fields;
        }
        Attempt background = new Attempt(line, end, false);
        return background.matches(0, 0) ? background.fields : null;
    }

    /** The prefix against one line up to the severity. Text fields are greedy: role names hold blanks and {@code @}. */
    private final class Attempt {

        private final String line;
        private final int end;
        private final boolean whole;
        private final @Nullable String[] fields = new @Nullable String[128];
        private int steps;

        Attempt(String line, int end, boolean whole) {
            this.line = line;
            this.end = end;
            this.whole = whole;
        }

        boolean matches(int index, int at) {
            if (++steps > MAX_STEPS) {
                return false;
            }
            if (index == tokens.size()) {
                return at == end;
            }
            Token token = tokens.get(index);
            if (token.escape == '\0') {
                int after = at + token.literal.length();
                return after <= end && line.startsWith(token.literal, at) && matches(index + 1, after);
            }
            if (token.escape == 'q') {
                return whole ? matches(index + 1, at) : at == end;
            }
            return "mtspnlxce".indexOf(token.escape) >= 0 ? shaped(index, token, at) : free(index, token, at);
        }

        private boolean shaped(int index, Token token, int at) {
            int from = token.padded ? skipBlanks(at) : at;
            int stop = shapeEnd(token.escape, from);
            if (stop <= from) {
                return false;
            }
            fields[token.escape] = line.substring(from, stop);
            return matches(index + 1, stop) || (token.padded && matches(index + 1, skipBlanks(stop)));
        }

        private int skipBlanks(int from) {
            int at = from;
            while (at < end && line.charAt(at) == ' ') {
                at++;
            }
            return at;
        }

        private int shapeEnd(char escape, int from) {
            if (escape == 'm' || escape == 't' || escape == 's') {
                return LogTime.end(line, from, end);
            }
            int at = from;
            while (at < end && belongs(escape, line.charAt(at))) {
                at++;
            }
            return at;
        }

        private static boolean belongs(char escape, char c) {
            return switch (escape) {
                case 'n' -> LogTime.isDigit(c) || c == '.';
                case 'c' -> LogTime.isDigit(c) || (c >= 'a' && c <= 'f') || c == '.';
                case 'e' -> LogTime.isDigit(c) || (c >= 'A' && c <= 'Z');
                default -> LogTime.isDigit(c);
            };
        }

        private boolean free(int index, Token token, int at) {
            for (int stop = end; stop >= at; stop--) {
                if (matches(index + 1, stop)) {
                    String value = line.substring(at, stop);
                    fields[token.escape] = token.padded ? value.strip() : value;
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
