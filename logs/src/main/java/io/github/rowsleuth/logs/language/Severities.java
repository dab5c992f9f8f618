package io.github.rowsleuth.logs.language;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The words before the colon of a record, in English and in the eleven languages of PostgreSQL's own catalogs
 * (src/backend/po). They never contradict each other, so no log needs to say which language it is in.
 */
public final class Severities {

    private static final List<String> FREQUENT = List.of(
            "LOG",
            "DETAIL",
            "STATEMENT",
            "ERROR",
            "CONTEXT",
            "HINT",
            "FATAL",
            "WARNING",
            "NOTICE",
            "LOCATION",
            "INFO",
            "QUERY",
            "PANIC",
            "DEBUG1",
            "DEBUG2",
            "DEBUG3",
            "DEBUG4",
            "DEBUG5",
            "DEBUG",
            "BACKTRACE");

    private static final Map<String, Part> BY_WORD = byWord();

    /** The words as bytes: the frequent ones first, then the long ones, since some words end with others. */
    private static final byte[][] WORDS = Stream.concat(
                    FREQUENT.stream(),
                    BY_WORD.keySet().stream()
                            .sorted(Comparator.comparingInt((String word) -> -word.length())
                                    .thenComparing(Comparator.naturalOrder())))
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);

    private Severities() {}

    private static Map<String, Part> byWord() {
        Map<String, Part> byWord = new HashMap<>();
        for (List<String> row : Table.rows("severities.tsv")) {
            row.forEach(word -> byWord.putIfAbsent(word, Part.ofEnglish(row.get(0))));
        }
        for (int level = 1; level <= 5; level++) {
            byWord.put("DEBUG" + level, Part.NOTE);
        }
        return byWord;
    }

    /** {@return what that word begins} */
    public static Part of(String word) {
        return BY_WORD.getOrDefault(word, Part.FOREIGN);
    }

    /**
     * {@return how many bytes the severity has that ends there, 0 if none does; a word of a language that is not known
     * counts if it is made of letters}
     *
     * @param b the line
     * @param from where it can begin at the earliest
     * @param end past its last byte, where the colon stands or the blank before it
     */
    public static int length(byte[] b, int from, int end) {
        for (byte[] word : WORDS) {
            if (endsWith(b, from, end, word)) {
                return word.length;
            }
        }
        int at = end;
        while (at > from && (b[at - 1] < 0 || isLetterOrDigit(b[at - 1]))) {
            at--;
        }
        return end - at;
    }

    private static boolean endsWith(byte[] b, int from, int end, byte[] word) {
        int begin = end - word.length;
        if (begin < from
                || b[begin] != word[0]
                || (begin > from && (b[begin - 1] < 0 || isLetterOrDigit(b[begin - 1])))) {
            return false;
        }
        for (int i = 1; i < word.length; i++) {
            if (b[begin + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(byte b) {
        int letter = b | 0x20;
        return (letter >= 'a' && letter <= 'z') || (b >= '0' && b <= '9');
    }
}
