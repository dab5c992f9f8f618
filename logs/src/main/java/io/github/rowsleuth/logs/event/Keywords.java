package io.github.rowsleuth.logs.event;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells cheaply which texts the recogniser of destructive statements need not see: most of a log. It reacts to key words
 * only, and a key word stands between bytes that can not be part of an identifier.
 */
public final class Keywords {

    /** One of them is in every text that the recogniser reacts to; the last two can hide one in pieces of a literal. */
    private static final List<String> WORDS =
            List.of("delete", "truncate", "drop", "update", "merge", "alter", "conflict", "execute", "schedule");

    private static final byte[][][] BY_LETTER = byLetter();
    private static final boolean[] WORD_PART = new boolean[256];

    /** By the five low bits of the first letter and of the second: few words begin as one of those. */
    private static final boolean[] BY_TWO_LETTERS = new boolean[1024];

    static {
        for (String word : WORDS) {
            BY_TWO_LETTERS[pair(word.charAt(0), word.charAt(1))] = true;
        }
        for (int c = 0; c < WORD_PART.length; c++) {
            int letter = c | 0x20;
            WORD_PART[c] = (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || c == '_' || c > 127;
        }
    }

    private Keywords() {}

    private static byte[][][] byLetter() {
        byte[][][] byLetter = new byte[32][][];
        for (int letter = 0; letter < byLetter.length; letter++) {
            int first = letter;
            byLetter[letter] = WORDS.stream()
                    .filter(word -> (word.charAt(0) & 0x1F) == first)
                    .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                    .toArray(byte[][]::new);
        }
        return byLetter;
    }

    /** {@return whether the text can hold a destructive statement} */
    public static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            int letter = text.charAt(i) | 0x20;
            if ("dtumaces".indexOf(letter) >= 0 && beginsWord(text, i) && begins(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** A body of a {@code DO} can be a literal in which line breaks are escaped. */
    private static boolean beginsWord(String text, int at) {
        if (at == 0 || !isWordPart(text.charAt(at - 1))) {
            return true;
        }
        return at > 1 && text.charAt(at - 2) == '\\' && "nrt".indexOf(text.charAt(at - 1)) >= 0;
    }

    private static boolean begins(String text, int at) {
        for (String word : WORDS) {
            int end = at + word.length();
            if (end <= text.length()
                    && (end == text.length() || !isWordPart(text.charAt(end)))
                    && equalsIgnoringCase(text, at, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equalsIgnoringCase(String text, int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if ((text.charAt(at + i) | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int pair(int first, int second) {
        return (first & 0x1F) << 5 | (second & 0x1F);
    }

    /** {@return whether one of the words begins there, where a word begins} */
    public static boolean isAt(byte[] b, int at, int to) {
        return at + 1 < to && BY_TWO_LETTERS[pair(b[at], b[at + 1])] && begins(b, at, to);
    }

    private static boolean begins(byte[] b, int at, int to) {
        byte[][] words = BY_LETTER[b[at] & 0x1F];
        for (byte[] word : words) {
            int end = at + word.length;
            if (end <= to && (end == to || !isWordPart(b[end])) && equalsIgnoringCase(b, at, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equalsIgnoringCase(byte[] b, int at, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if ((b[at + i] | 0x20) != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether it can be part of a key word's neighbour; a dollar can end the mark before a body} */
    public static boolean isWordPart(int c) {
        return c > 127 || WORD_PART[c & 0xFF];
    }
}
