package io.github.rowsleuth.logs.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of which any part can be read.
 *
 * @param path the file
 * @param size how many bytes of it are read; what is appended later is not
 */
public record PlainFile(Path path, long size) {

    /** {@return the bytes from there to there} */
    public InputStream open(long from, long to) throws IOException {
        return new Part(FileChannel.open(path, StandardOpenOption.READ), from, to);
    }

    private static final class Part extends InputStream {

        private final FileChannel channel;
        private final long to;
        private long at;

        Part(FileChannel channel, long from, long to) {
            this.channel = channel;
            this.at = from;
            this.to = to;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (at >= to) {
                return -1;
            }
            int most = (int) Math.min(length, to - at);
            int count = channel.read(ByteBuffer.wrap(target, offset, most), at);
            at += Math.max(0, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
