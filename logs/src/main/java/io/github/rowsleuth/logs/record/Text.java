package io.github.rowsleuth.logs.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Decodes the bytes of a log. A server writes them in the encodings of its databases, all into one file: what is not
 * UTF-8 is kept as the characters of ISO 8859-1, so that no byte is lost.
 */
public final class Text {

    private Text() {}

    /** {@return the characters} */
    public static String decode(byte[] b, int from, int to) {
        return isUtf8(b, from, to) ? new String(b, from, to - from, UTF_8) : mixed(b, from, to);
    }

    private static String mixed(byte[] b, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            int length = sequence(b, at, to);
            if (length > 0) {
                text.append(new String(b, at, length, UTF_8));
            } else {
                text.append((char) (b[at] & 0xFF));
            }
            at += Math.max(1, length);
        }
        return text.toString();
    }

    /** {@return whether that is UTF-8} */
    public static boolean isUtf8(byte[] b, int from, int to) {
        int at = from;
        while (at < to) {
            int length = b[at] >= 0 ? 1 : sequence(b, at, to);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** {@return the length of the character that begins there, 0 if none does (Unicode 15, table 3-7)} */
    private static int sequence(byte[] b, int at, int to) {
        int first = b[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int length = first >= 0xC2 && first <= 0xDF
                ? 2
                : first >= 0xE0 && first <= 0xEF ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return 0;
        }
        int second = b[at + 1] & 0xFF;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int greatest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > greatest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((b[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** Writes a text of any length. */
    public static void write(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** {@return a text that was written} */
    public static String read(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, UTF_8);
    }
}
