package io.github.rowsleuth.logs.pass;

import io.github.rowsleuth.logs.event.TextShape;
import io.github.rowsleuth.logs.horizon.Signs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The first word of a statement, as bytes, and what it says of the statement. */
final class FirstWord {

    /** What a statement does, judged by its first word. */
    enum Kind {
        /** It reads. */
        QUERY,
        /** It inserts. */
        INSERT,
        /** It updates. */
        UPDATE,
        /** It opens a block. */
        BEGIN,
        /** It commits one. */
        COMMIT,
        /** It rolls one back. */
        ROLLBACK,
        /** It does something else to its transaction. */
        STEP,
        /** It does something else. */
        OTHER
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LONGEST = 16;
    private static final Map<String, Kind> KINDS = new HashMap<>();

    static {
        KINDS.put("select", Kind.QUERY);
        KINDS.put("values", Kind.QUERY);
        KINDS.put("table", Kind.QUERY);
        KINDS.put("insert", Kind.INSERT);
        KINDS.put("update", Kind.UPDATE);
        KINDS.put("begin", Kind.BEGIN);
        KINDS.put("commit", Kind.COMMIT);
        KINDS.put("end", Kind.COMMIT);
        KINDS.put("rollback", Kind.ROLLBACK);
        KINDS.put("abort", Kind.ROLLBACK);
        for (String step : new String[] {"start", "savepoint", "release", "prepare"}) {
            KINDS.put(step, Kind.STEP);
        }
    }

    private static final long LOWER = 0x2020_2020_2020_2020L;
    private static final long FIVE = (1L << 40) - 1;
    private static final long SIX = (1L << 48) - 1;
    private static final long SELECT = packed("select");
    private static final long INSERT = packed("insert");
    private static final long UPDATE = packed("update");
    private static final long COMMIT = packed("commit");
    private static final long BEGIN = packed("begin");

    private static final Seen SELECTS = Seen.of("select");
    private static final Seen INSERTS = Seen.of("insert");
    private static final Seen UPDATES = Seen.of("update");
    private static final Seen COMMITS = Seen.of("commit");
    private static final Seen BEGINS = Seen.of("begin");

    /** Words that were seen, found again by their bytes. */
    private final long[] seen = new long[256];

    private final Seen[] words = new Seen[256];
    private Seen current = new Seen("", Kind.OTHER, 0);
    private boolean known;
    private int start;
    private int end;
    private int textEnd;
    private int hash;

    /** A word, what it begins, and what it is a sign of when it is logged before it runs. */
    private record Seen(String word, Kind kind, int startSign) {

        static Seen of(String word) {
            int sign = switch (TextShape.of(word).effect()) {
                case NOTHING -> Signs.ANY_STARTS;
                case ROWS -> Signs.ROWS_START;
                case SCHEMA -> Signs.SCHEMA_STARTS;
                case UNKNOWN -> 0;
            };
            return new Seen(word, KINDS.getOrDefault(word, Kind.OTHER), sign);
        }
    }

    private static long packed(String word) {
        long packed = 0;
        for (int i = 0; i < word.length(); i++) {
            packed |= (long) word.charAt(i) << (8 * i);
        }
        return packed;
    }

    void read(byte[] b, int from, int to) {
        start = Texts.skipBlanks(b, from, to);
        if (!isFrequent(b, to)) {
            other(b, to);
        }
    }

    /** Most statements begin with one of a few words. */
    private boolean isFrequent(byte[] b, int to) {
        long word = (long) LONGS.get(b, start) | LOWER;
        long six = word & SIX;
        int length = 6;
        if (six == SELECT) {
            current = SELECTS;
        } else if (six == INSERT) {
            current = INSERTS;
        } else if (six == UPDATE) {
            current = UPDATES;
        } else if (six == COMMIT) {
            current = COMMITS;
        } else if ((word & FIVE) == BEGIN) {
            current = BEGINS;
            length = 5;
        } else {
            return false;
        }
        end = start + length;
        known = true;
        return end < to && !Texts.isWordPart(b[end]);
    }

    private void other(byte[] b, int to) {
        int at = start;
        long packed = 0;
        while (at < to && Texts.isWordPart(b[at])) {
            packed = packed * 31 + (b[at] | 0x20);
            at++;
        }
        end = at;
        known = at > start && at - start <= LONGEST;
        if (known) {
            current = find(b, packed);
        }
    }

    private Seen find(byte[] b, long packed) {
        int slot = (int) ((packed * 0x9E3779B97F4A7C15L) >>> 56);
        if (words[slot] == null || seen[slot] != packed || !isSame(b, words[slot].word)) {
            String word = new String(b, start, end - start, StandardCharsets.ISO_8859_1);
            StringBuilder lower = new StringBuilder();
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
            }
            seen[slot] = packed;
            words[slot] = Seen.of(lower.toString());
        }
        return words[slot];
    }

    private boolean isSame(byte[] b, String word) {
        if (word.length() != end - start) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            byte c = b[start + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean isKnown() {
        return known;
    }

    Kind kind() {
        return current.kind;
    }

    /** {@return past the word} */
    int end() {
        return end;
    }

    int startSign() {
        return current.startSign;
    }

    /** {@return whether nothing but a semicolon stands beside it} */
    boolean isAlone(byte[] b, int from, int to) {
        for (int i = from; i < start; i++) {
            if (b[i] != ' ') {
                return false;
            }
        }
        int at = end;
        while (at < to && b[at] == ' ') {
            at++;
        }
        boolean semicolon = at < to && b[at] == ';';
        at += semicolon ? 1 : 0;
        textEnd = semicolon ? at : end;
        while (at < to && (b[at] == ' ' || b[at] == '\n')) {
            at++;
        }
        if (at < to) {
            return false;
        }
        hash = 0;
        for (int i = start; i < textEnd; i++) {
            hash = 31 * hash + b[i];
        }
        return true;
    }

    /** {@return the hash of the text, as {@link String#hashCode()} has it} */
    int hash() {
        return hash;
    }

    int length() {
        return textEnd - start;
    }
}
