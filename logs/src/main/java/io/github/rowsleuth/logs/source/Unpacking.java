package io.github.rowsleuth.logs.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes off what packs a log: gzip, and the two encodings that have a byte for every other character only. */
final class Unpacking {

    private static final int MARK = 4;

    private Unpacking() {}

    /** {@return the bytes of the log; the stream is closed with them} */
    static InputStream of(InputStream raw) throws IOException {
        PushbackInputStream in = new PushbackInputStream(raw, MARK);
        try {
            byte[] first = in.readNBytes(MARK);
            in.unread(first);
            if (isGzip(first)) {
                return of(new GzipGuard(in));
            }
            Charset wide = wide(first);
            return wide == null ? in : new Narrow(in, wide);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    static boolean isGzip(byte[] first) {
        return first.length >= 2 && first[0] == (byte) 0x1F && first[1] == (byte) 0x8B;
    }

    /** {@return the encoding, if it is UTF-16} */
    static @Nullable Charset wide(byte[] first) {
        if (first.length < MARK) {
            return null;
        }
        int a = first[0] & 0xFF;
        int b = first[1] & 0xFF;
        boolean little = (a == 0xFF && b == 0xFE) || (isText(a) && b == 0 && isText(first[2]) && first[3] == 0);
        boolean big = (a == 0xFE && b == 0xFF) || (a == 0 && isText(b) && first[2] == 0 && isText(first[3]));
        return little ? StandardCharsets.UTF_16LE : big ? StandardCharsets.UTF_16BE : null;
    }

    private static boolean isText(int c) {
        return c >= ' ' && c < 0x7F;
    }

    /** UTF-16 as UTF-8. */
    private static final class Narrow extends InputStream {

        private final InputStreamReader reader;
        private final char[] characters = new char[16 * 1024];
        private InputStream bytes = new ByteArrayInputStream(new byte[0]);

        Narrow(InputStream in, Charset charset) {
            reader = new InputStreamReader(in, charset);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = bytes.read(target, offset, length);
            while (count < 0) {
                int read = reader.read(characters, 0, characters.length - 1);
                if (read < 0) {
                    return -1;
                }
                if (Character.isHighSurrogate(characters[read - 1])) {
                    int low = reader.read();
                    characters[read] = (char) low;
                    read += low < 0 ? 0 : 1;
                }
                bytes = new ByteArrayInputStream(new String(characters, 0, read).getBytes(StandardCharsets.UTF_8));
                count = bytes.read(target, offset, length);
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
