package io.github.rowsleuth.logs.pass;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Some words that a message can begin with, compared eight bytes at a time: in an array that goes on for as many bytes
 * behind the message.
 *
 * @param length how many bytes it has, at most 16
 * @param head the first eight of them
 * @param headMask which of those count
 * @param tail the last eight of them, all of them if there are no more
 * @param tailMask which of those count
 * @param tailAt where they begin
 */
record Phrase(int length, long head, long headMask, long tail, long tailMask, int tailAt) {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static Phrase of(String text) {
        byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 24);
        int length = text.length();
        if (length == 0 || length > 16) {
            throw new IllegalArgumentException("expected 1 to 16 characters; found " + length);
        }
        long head = (long) LONGS.get(bytes, 0);
        long mask = length >= 8 ? -1 : (1L << (8 * length)) - 1;
        int tailAt = Math.max(0, length - 8);
        return new Phrase(length, head, mask, (long) LONGS.get(bytes, tailAt), mask, tailAt);
    }

    /** {@return whether it stands there} */
    boolean isAt(byte[] b, int at, int to) {
        return to - at >= length
                && ((long) LONGS.get(b, at) & headMask) == head
                && ((long) LONGS.get(b, at + tailAt) & tailMask) == tail;
    }
}
