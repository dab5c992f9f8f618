package io.github.rowsleuth.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** UTF-16 with a mark, as UTF-8; a letter beyond the basic plane comes out as two question marks, which no count minds. */
final class Transcoded extends InputStream {

    private static final int PIECE = 8 << 10;

    private final Reader reader;
    private final CharBuffer letters = CharBuffer.allocate(PIECE);
    private byte[] bytes = {};
    private int at;

    Transcoded(InputStream in) {
        this.reader = new InputStreamReader(in, StandardCharsets.UTF_16);
    }

    private boolean filled() throws IOException {
        if (at < bytes.length) {
            return true;
        }
        letters.clear();
        if (reader.read(letters) < 0) {
            return false;
        }
        bytes = letters.flip().toString().getBytes(StandardCharsets.UTF_8);
        at = 0;
        return bytes.length > 0;
    }

    @Override
    public int read() throws IOException {
        return filled() ? bytes[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!filled()) {
            return -1;
        }
        int got = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, buffer, offset, got);
        at += got;
        return got;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
