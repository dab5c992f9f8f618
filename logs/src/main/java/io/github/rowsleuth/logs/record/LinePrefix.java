package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.language.Severities;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A {@code log_line_prefix}, compiled (PostgreSQL documentation, section 19.8.3 "What to Log"). Matched by hand, not by
 * a regular expression: log lines are hostile input.
 */
public final class LinePrefix {

    private static final String TIMES = "mtn";
    private static final int MAX_PREFIX = 2_048;
    private static final int MAX_STEPS = 10_000;
    private static final int MAX_COLONS = 8;

    private final String text;
    private final PrefixToken[] tokens;
    /** How many tokens at the beginning decide alone how far they reach. */
    private final int fixed;

    private final boolean timed;

    private LinePrefix(String text, PrefixToken[] tokens) {
        this.text = text;
        this.tokens = tokens;
        int count = 0;
        while (count < tokens.length && tokens[count].isFixed()) {
            count++;
        }
        this.fixed = count;
        this.timed = has(TIMES);
    }

    /** {@return whether that can be read as a prefix, and tells when a record was written} */
    public static boolean tellsTime(String prefix) {
        try {
            return compile(prefix).hasTime();
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    /**
     * {@return the prefix, compiled}
     *
     * @param prefix as {@code SHOW log_line_prefix} prints it
     * @throws IllegalArgumentException if it has an escape that PostgreSQL does not know
     */
    public static LinePrefix compile(String prefix) {
        List<PrefixToken> tokens = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
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
            if (letter == prefix.length() || Fields.index(prefix.charAt(letter)) < 0) {
                throw new IllegalArgumentException("expected a log_line_prefix with the escapes " + Fields.LETTERS
                        + " of PostgreSQL; found '" + prefix.substring(i) + "'; give what SHOW log_line_prefix prints");
            }
            flush(literal, tokens);
            tokens.add(PrefixToken.escape(prefix.charAt(letter), letter > i + 1));
            i = letter;
        }
        flush(literal, tokens);
        return new LinePrefix(prefix, tokens.toArray(PrefixToken[]::new));
    }

    private static void flush(StringBuilder literal, List<PrefixToken> tokens) {
        if (!literal.isEmpty()) {
            tokens.add(PrefixToken.literal(literal.toString()));
            literal.setLength(0);
        }
    }

    /** {@return whether a line says when it was written} */
    public boolean hasTime() {
        return timed;
    }

    private boolean has(String letters) {
        for (PrefixToken token : tokens) {
            if (!token.isLiteral() && letters.indexOf(token.escape()) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a line names its process as a number} */
    public boolean hasProcess() {
        return has("p");
    }

    /** {@return whether a line says the time as a date, which begins the same way in every line} */
    public boolean hasLocalTime() {
        return has("mt") && !has("n") && !text.contains("%m,") && !text.contains("%t,") && !text.startsWith("{");
    }

    /** {@return where that escape stands among the tokens that decide alone how far they reach, -1 if it does not} */
    int fixedAt(char letter) {
        for (int i = 0; i < fixed; i++) {
            if (tokens[i].escape() == letter) {
                return i;
            }
        }
        return -1;
    }

    /** {@return whether there is one of those escapes, and no more than one} */
    boolean isUnique(String letters) {
        return Arrays.stream(tokens)
                        .filter(token -> !token.isLiteral() && letters.indexOf(token.escape()) >= 0)
                        .count()
                == 1;
    }

    /** {@return whether a user, a database or an application stands in it, any of which can hold a line break} */
    boolean hasNames() {
        return has("uda");
    }

    /** {@return where the beginning of the prefix that is the same in every line ends in this one, -1 if it differs} */
    int begin(byte[] b, int from, int to, PrefixMatch match) {
        int at = from;
        for (int i = 0; i < fixed; i++) {
            int end = tokens[i].end(b, at, to);
            if (end < 0) {
                return -1;
            }
            set(tokens[i], at, end, match);
            at = end;
        }
        return at;
    }

    /**
     * {@return whether the line begins with this prefix and a severity}
     *
     * @param b the bytes
     * @param from where the line begins
     * @param to where it ends
     * @param match filled where it does
     */
    public boolean match(byte[] b, int from, int to, PrefixMatch match) {
        match.clear();
        int begin = begin(b, from, to, match);
        return begin >= 0 && match(b, from, to, begin, match);
    }

    private boolean match(byte[] b, int from, int to, int begin, PrefixMatch match) {
        int limit = Math.min(to - 2, from + MAX_PREFIX);
        int colons = 0;
        for (int at = begin; at < limit && colons < MAX_COLONS; at++) {
            if (b[at] == ':' && b[at + 1] == ' ') {
                colons++;
                if (severity(b, begin, at, match)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean severity(byte[] b, int begin, int colon, PrefixMatch match) {
        int end = colon > begin && b[colon - 1] == ' ' ? colon - 1 : colon;
        // French puts a no-break space before a colon
        end = end >= begin + 2 && b[end - 1] == (byte) 0xA0 && b[end - 2] == (byte) 0xC2 ? end - 2 : end;
        int length = Severities.length(b, begin, end);
        boolean two = b[colon + 2] == ' ';
        if (length == 0 || (!two && !isForeignAside(b, end - length, end)) || !rest(b, begin, end - length, match)) {
            return false;
        }
        match.wordStart = end - length;
        match.wordEnd = end;
        match.textStart = colon + (two ? 3 : 2);
        return true;
    }

    /** Two catalogs put one blank after their word for {@code LOCATION}. */
    private static boolean isForeignAside(byte[] b, int from, int to) {
        return b[from] < 0 && Severities.of(new String(b, from, to - from, StandardCharsets.UTF_8)) == Part.ASIDE;
    }

    private boolean rest(byte[] b, int from, int end, PrefixMatch match) {
        match.steps = 0;
        if (matches(fixed, b, from, end, true, match)) {
            return true;
        }
        for (int i = fixed; i < tokens.length; i++) {
            if (!tokens[i].isLiteral()) {
                match.starts[Fields.index(tokens[i].escape())] = -1; // of the attempt that failed
            }
        }
        return matches(fixed, b, from, end, false, match);
    }

    /** Text values are greedy: the names of roles hold blanks and {@code @}. Only that of a database leaves the rest to a client. */
    private boolean matches(int index, byte[] b, int at, int end, boolean whole, PrefixMatch match) {
        if (++match.steps > MAX_STEPS) {
            return false;
        }
        if (index == tokens.length) {
            return at == end;
        }
        PrefixToken token = tokens[index];
        if (token.escape() == 'q') {
            return whole ? matches(index + 1, b, at, end, true, match) : at == end;
        }
        if (!token.isLiteral() && !token.isShaped()) {
            return free(index, b, at, end, whole, match);
        }
        int from = token.padded() ? skipBlanks(b, at, end) : at;
        int stop = token.end(b, from, end);
        if (stop < 0) {
            return false;
        }
        set(token, from, stop, match);
        return matches(index + 1, b, stop, end, whole, match)
                || (token.padded() && matches(index + 1, b, skipBlanks(b, stop, end), end, whole, match));
    }

    private boolean free(int index, byte[] b, int at, int end, boolean whole, PrefixMatch match) {
        boolean last = index + 1 == tokens.length;
        PrefixToken next = last ? tokens[index] : tokens[index + 1];
        int shortest = last ? end : at;
        boolean upwards = isBeforeApplication(index);
        for (int i = 0; i <= end - shortest; i++) {
            int stop = upwards ? shortest + i : end - i;
            boolean possible = !next.isLiteral() || (stop < end && b[stop] == next.literal()[0]);
            if (possible && matches(index + 1, b, stop, end, whole, match)) {
                set(tokens[index], at, stop, match);
                return true;
            }
        }
        return false;
    }

    /** Clients call themselves {@code PostgreSQL JDBC Driver} or {@code DBeaver 24.1 - Main}; hardly a database has a blank. */
    private boolean isBeforeApplication(int index) {
        return tokens[index].escape() == 'd'
                && Arrays.stream(tokens, index + 1, tokens.length).anyMatch(t -> t.escape() == 'a');
    }

    private static void set(PrefixToken token, int from, int to, PrefixMatch match) {
        if (!token.isLiteral()) {
            match.starts[Fields.index(token.escape())] = from;
            match.ends[Fields.index(token.escape())] = to;
        }
    }

    private static int skipBlanks(byte[] b, int from, int end) {
        int at = from;
        while (at < end && b[at] == ' ') {
            at++;
        }
        return at;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinePrefix that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
