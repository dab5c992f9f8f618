package io.github.rowsleuth.git.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Searches bytes for many words at once, letters of either case, in one pass that skips most of them (S. Wu and U. Manber,
 * "A fast algorithm for multi-pattern searching", 1994, with blocks of two bytes).
 */
public final class WordSearch {

    private static final int BLOCK = 2;
    private static final byte[] FOLDED = new byte[256];

    static {
        for (int i = 0; i < FOLDED.length; i++) {
            FOLDED[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 32 : i);
        }
    }

    private final int shortest;
    private final byte[] shift = new byte[1 << 16];
    private final int[][] candidates = new int[1 << 16][];
    private final byte[][] words;
    /** The first bytes of each word, as many as the shortest has, so far as they fit into a number. */
    private final int[] heads;

    /** Sees each place where a word stands. */
    public interface Sight {

        /**
         * {@return whether the search has seen enough and ends}
         *
         * @param word the place of the word in the list of words
         * @param text the bytes
         * @param start where the word begins in them
         */
        boolean enough(int word, byte[] text, int start);
    }

    /**
     * Makes one.
     *
     * @param wanted the words, in small letters, each of at least four bytes
     */
    public WordSearch(List<String> wanted) {
        words = wanted.stream()
                .map(w -> w.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
        heads = new int[words.length];
        shortest = wanted.stream().mapToInt(String::length).min().orElse(BLOCK);
        Arrays.fill(shift, (byte) (shortest - BLOCK + 1));
        if (shortest < 4) {
            throw new IllegalArgumentException("a word of at least 4 letters is expected; found a shorter one");
        }
        for (int w = 0; w < words.length; w++) {
            heads[w] = head(words[w], 0);
            for (int end = BLOCK; end <= shortest; end++) {
                int block = block(words[w][end - 2], words[w][end - 1]);
                shift[block] = (byte) Math.min(shift[block], shortest - end);
            }
            int last = block(words[w][shortest - 2], words[w][shortest - 1]);
            List<Integer> there = new ArrayList<>();
            if (candidates[last] != null) {
                Arrays.stream(candidates[last]).forEach(there::add);
            }
            there.add(w);
            candidates[last] = there.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private static int block(byte a, byte b) {
        return ((a & 0xff) << 8) | (b & 0xff);
    }

    private static int head(byte[] text, int at) {
        return FOLDED[text[at] & 0xff] << 24
                | FOLDED[text[at + 1] & 0xff] << 16
                | FOLDED[text[at + 2] & 0xff] << 8
                | FOLDED[text[at + 3] & 0xff];
    }

    /**
     * {@return the byte, a small letter for a capital one}
     *
     * @param b a byte
     */
    public static byte folded(byte b) {
        return FOLDED[b & 0xff];
    }

    /**
     * Searches.
     *
     * @param text the bytes
     * @param sight is shown each place
     */
    public void search(byte[] text, Sight sight) {
        int end = shortest - 1;
        while (end < text.length) {
            int block = block(FOLDED[text[end - 1] & 0xff], FOLDED[text[end] & 0xff]);
            int skip = shift[block];
            if (skip == 0) {
                int start = end - shortest + 1;
                int head = head(text, start);
                for (int word : candidates[block]) {
                    if (heads[word] == head && matches(words[word], text, start) && sight.enough(word, text, start)) {
                        return;
                    }
                }
                skip = 1;
            }
            end += skip;
        }
    }

    private static boolean matches(byte[] word, byte[] text, int start) {
        if (start + word.length > text.length) {
            return false;
        }
        for (int i = 4; i < word.length; i++) {
            if (FOLDED[text[start + i] & 0xff] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
