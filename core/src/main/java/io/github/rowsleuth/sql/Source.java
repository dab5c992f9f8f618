package io.github.rowsleuth.sql;

import java.util.Arrays;

/**
 * A stretch of SQL, and where each of its characters stands in the text that was given at first.
 *
 * <p>The body of a {@code DO} is a stretch of the same text. A string with escapes, or one that is put together with
 * {@code ||}, must be copied; the copy carries a map, so that what is found in it can still be shown where it stands.
 */
final class Source {

    private static final int[] SAME = {};

    private final String text;
    private final int from;
    private final int to;
    private final int[] map;

    private Source(String text, int from, int to, int[] map) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.map = map;
    }

    static Source of(CharSequence sql) {
        String text = sql.toString();
        return new Source(text, 0, text.length(), SAME);
    }

    String text() {
        return text;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The same text, bounded more narrowly. */
    Source part(int start, int end) {
        return new Source(text, start, end, map);
    }

    /** Where the character at that index stands in the text given at first. */
    int offset(int index) {
        if (map.length == 0) {
            return index;
        }
        return map[Math.min(index, map.length - 1)];
    }

    /** Collects a copy character by character. */
    static final class Builder {

        private final StringBuilder text = new StringBuilder();
        private int[] map = new int[64];

        void append(char c, int offset) {
            if (text.length() == map.length) {
                map = Arrays.copyOf(map, map.length * 2);
            }
            map[text.length()] = offset;
            text.append(c);
        }

        /** Appends text that stands nowhere as such; all of it is placed at the one offset. */
        void append(String all, int offset) {
            for (int i = 0; i < all.length(); i++) {
                append(all.charAt(i), offset);
            }
        }

        void append(Source part) {
            for (int i = part.from; i < part.to; i++) {
                append(part.text.charAt(i), part.offset(i));
            }
        }

        Source build() {
            int length = text.length();
            return new Source(text.toString(), 0, length, Arrays.copyOf(map, length));
        }
    }
}
