package io.github.rowsleuth.git.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Searches bytes for many words at once, letters of either case, in one pass that skips most of them (S. Wu and U. Manber,
 * "A fast algorithm for multi-pattern searching", 1994, with blocks of two bytes).
 */
public final class WordSearch {

    private static final int BLOCK = 2;
    private static final VarHandle TWO = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle FOUR = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final String RARE_TO_COMMON = "!:zqj-xkvb\"'ywgpf_.mucdlhrsnioate( ";
    private static final byte[] FOLDED = new byte[256];

    static {
        for (int i = 0; i < FOLDED.length; i++) {
            FOLDED[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 32 : i);
        }
    }

    private final int shortest;
    /** How far to go on from a block of two bytes, of whatever case. */
    private final byte[] shift = new byte[1 << 16];

    /** The words that can stand before a block of two bytes, of whatever case. */
    private final int[][] candidates = new int[1 << 16][];

    private final byte[][] words;
    /** Where in each word the stretch begins that is looked for, as long as the shortest word. */
    private final int[] anchors;
    /** The first four bytes of that stretch, with the bit set that capital letters lack. */
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
        anchors = new int[words.length];
        shortest = wanted.stream().mapToInt(String::length).min().orElse(BLOCK);
        Arrays.fill(shift, (byte) (shortest - BLOCK + 1));
        if (shortest < 4) {
            throw new IllegalArgumentException("a word of at least 4 letters is expected; found a shorter one");
        }
        for (int w = 0; w < words.length; w++) {
            int from = rarest(words[w]);
            anchors[w] = from;
            heads[w] = head(words[w], from);
            for (int end = BLOCK; end <= shortest; end++) {
                int distance = shortest - end;
                int word = w;
                forEachCase(words[w][from + end - 2], words[w][from + end - 1], block -> {
                    shift[block] = (byte) Math.min(shift[block], distance);
                    if (distance == 0) {
                        candidates[block] = with(candidates[block], word);
                    }
                });
            }
        }
    }

    /** The stretch of the word that stops the search least often: of rare letters, and of blocks that stop it anyway. */
    private int rarest(byte[] word) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int from = 0; from + shortest <= word.length; from++) {
            int cost = 0;
            for (int end = BLOCK; end <= shortest; end++) {
                byte first = word[from + end - 2];
                byte second = word[from + end - 1];
                boolean stops = shift[((first & 0xff) << 8) | (second & 0xff)] <= shortest - end;
                cost += stops ? 0 : commonness(first) * commonness(second) * (end == shortest ? 3 : 1);
            }
            if (cost < least) {
                least = cost;
                best = from;
            }
        }
        return best;
    }

    /** How often a letter stands in code and prose, by rank; blanks are the most frequent of all. */
    private static int commonness(byte letter) {
        int rank = RARE_TO_COMMON.indexOf(letter);
        return rank < 0 ? 1 : rank + 1;
    }

    private static int[] with(int @Nullable [] known, int word) {
        int[] all = known == null ? new int[1] : Arrays.copyOf(known, known.length + 1);
        all[all.length - 1] = word;
        return all;
    }

    private static void forEachCase(byte a, byte b, IntConsumer visitor) {
        for (int first : cases(a)) {
            for (int second : cases(b)) {
                visitor.accept((first << 8) | second);
            }
        }
    }

    private static int[] cases(byte b) {
        return b >= 'a' && b <= 'z' ? new int[] {b, b - 32} : new int[] {b & 0xff};
    }

    private static int head(byte[] text, int at) {
        return (int) FOUR.get(text, at) | 0x20202020;
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
            int block = (short) TWO.get(text, end - 1) & 0xffff;
            int skip = shift[block];
            if (skip == 0) {
                int window = end - shortest + 1;
                int head = head(text, window);
                for (int word : candidates[block]) {
                    int start = window - anchors[word];
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
        if (start < 0 || start + word.length > text.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (FOLDED[text[start + i] & 0xff] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
