package io.github.rowsleuth.logs.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Matches lines whose beginning was seen before: from the time and the process on, the lines of a session begin alike.
 * The answer is the same as that of the prefix, for that depends on these bytes only.
 */
public final class FamiliarHeads {

    private static final int PROCESSES = 1024;
    private static final int WAYS = 2; // a message and its detail
    private static final int LONGEST = 256;

    private final LinePrefix prefix;
    private final int[] letters;
    private final @Nullable Known[] known = new @Nullable Known[PROCESSES * WAYS];

    /**
     * A beginning that was seen.
     *
     * @param bytes what follows the fixed part, up to the text
     * @param wordStart where the severity begins in it
     * @param wordEnd past the end of the severity
     * @param starts where the values begin in it, negative for those that are not there
     * @param ends past the ends of the values
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Known(byte[] bytes, int wordStart, int wordEnd, int[] starts, int[] ends) {}

    /** Makes one for lines with that prefix. */
    public FamiliarHeads(LinePrefix prefix) {
        this.prefix = prefix;
        this.letters = prefix.loose();
    }

    /** {@return the same as {@link LinePrefix#match}} */
    public boolean match(byte[] b, int from, int to, PrefixMatch match) {
        match.clear();
        int begin = prefix.begin(b, from, to, match);
        if (begin < 0) {
            return false;
        }
        int slot = (int) (match.process(b) & (PROCESSES - 1)) * WAYS;
        for (int way = 0; way < WAYS; way++) {
            Known seen = known[slot + way];
            if (seen != null && isSame(b, begin, to, seen.bytes)) {
                recall(seen, begin, match);
                return true;
            }
        }
        boolean matches = prefix.match(b, from, to, begin, match);
        if (matches && match.textStart - begin <= LONGEST) {
            known[slot + 1] = known[slot];
            known[slot] = remember(b, begin, match);
        }
        return matches;
    }

    private static boolean isSame(byte[] b, int from, int to, byte[] bytes) {
        return from + bytes.length <= to && Arrays.equals(b, from, from + bytes.length, bytes, 0, bytes.length);
    }

    private void recall(Known seen, int begin, PrefixMatch match) {
        match.wordStart = begin + seen.wordStart;
        match.wordEnd = begin + seen.wordEnd;
        match.textStart = begin + seen.bytes.length;
        for (int i = 0; i < letters.length; i++) {
            match.starts[letters[i]] = seen.starts[i] < 0 ? -1 : begin + seen.starts[i];
            match.ends[letters[i]] = begin + seen.ends[i];
        }
    }

    private Known remember(byte[] b, int begin, PrefixMatch match) {
        int[] starts = new int[letters.length];
        int[] ends = new int[letters.length];
        for (int i = 0; i < letters.length; i++) {
            int start = match.starts[letters[i]];
            starts[i] = start < 0 ? -1 : start - begin;
            ends[i] = match.ends[letters[i]] - begin;
        }
        return new Known(
                Arrays.copyOfRange(b, begin, match.textStart),
                match.wordStart - begin,
                match.wordEnd - begin,
                starts,
                ends);
    }
}
