package io.github.rowsleuth.logs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A log in a file, packed or not.
 *
 * @param path the file; regular, which the caller has checked
 * @param name how evidence names it
 */
record LogFile(Path path, String name) implements LogStream {

    @Override
    public Bytes open(Patience limits) throws IOException {
        PushbackInputStream raw = new PushbackInputStream(new Pinned(path), 2);
        try {
            byte[] magic = raw.readNBytes(2);
            raw.unread(magic);
            boolean packed = magic.length == 2 && magic[0] == (byte) 0x1F && magic[1] == (byte) 0x8B;
            return new OpenFile(packed ? new GzipGuard(raw) : raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private record OpenFile(InputStream in) implements Bytes {

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Notices that the file became shorter while it was read, as log rotation by copytruncate makes it. */
    private static final class Pinned extends FilterInputStream {

        private final Path path;
        private final long sizeBefore;
        private long read;

        Pinned(Path path) throws IOException {
            super(Files.newInputStream(path));
            this.path = path;
            this.sizeBefore = Files.size(path);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            return counted(b < 0 ? -1 : 1) < 0 ? -1 : b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return counted(super.read(target, offset, length));
        }

        private int counted(int count) throws IOException {
            read += Math.max(0, count);
            if (count < 0 && (read < sizeBefore || (Files.exists(path) && Files.size(path) < read))) {
                throw new IncompleteLogException(
                        "a part of the log: the file was cut from " + Math.max(read, sizeBefore)
                                + " bytes while it was read, as rotation does",
                        "lines that were in it may be missing here",
                        "give the rotated copy of the file as well, or read a copy that nothing rotates");
            }
            return count;
        }
    }
}
