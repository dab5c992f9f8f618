package io.github.rowsleuth.logs.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Unpacks on a thread of its own, so that unpacking and understanding go on at the same time. */
public final class ReadAhead extends InputStream {

    private static final int SIZE = 256 * 1024;
    private static final int BLOCKS = 4;

    private final InputStream in;
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final Thread reader;
    private Block block = new Block(new byte[0], 0, null);
    private int at;

    /** Bytes, or why there are no more. */
    private static final class Block {

        private final byte[] bytes;
        private final int length;
        private final @Nullable IOException failure;

        Block(byte[] bytes, int length, @Nullable IOException failure) {
            this.bytes = bytes;
            this.length = length;
            this.failure = failure;
        }
    }

    /** Reads that stream ahead; it is closed with this one. */
    public ReadAhead(InputStream in) {
        this.in = in;
        for (int i = 0; i < BLOCKS; i++) {
            empty.add(new byte[SIZE]);
        }
        this.reader = new Thread(this::run, "rowsleuth-log-unpacking");
        reader.setDaemon(true);
        reader.start();
    }

    private void run() {
        try {
            int length = 0;
            while (length >= 0) {
                byte[] bytes = empty.take();
                IOException failure = null;
                length = 0;
                try {
                    int count = 0;
                    while (count >= 0 && length < bytes.length) {
                        length += count;
                        count = in.read(bytes, length, bytes.length - length);
                    }
                    length = length == 0 && count < 0 ? -1 : length;
                } catch (IOException e) {
                    failure = e;
                }
                full.put(new Block(bytes, length, failure));
                if (failure != null) {
                    return;
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (at >= block.length) {
            if (block.length < 0) {
                return -1;
            }
            if (block.failure != null) {
                throw block.failure;
            }
            next();
        }
        int count = Math.min(length, block.length - at);
        System.arraycopy(block.bytes, at, target, offset, count);
        at += count;
        return count;
    }

    private void next() throws IOException {
        try {
            if (block.bytes.length > 0) {
                empty.put(block.bytes);
            }
            block = full.take();
            at = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() throws IOException {
        reader.interrupt();
        try {
            reader.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        in.close();
    }
}
