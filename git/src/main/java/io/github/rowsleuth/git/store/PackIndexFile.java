package io.github.rowsleuth.git.store;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks the index of a pack before it is believed: a forged one could claim more objects than fit into memory. */
final class PackIndexFile {

    private static final int TABLE_OF_CONTENTS = 0xff744f63;
    private static final int FANOUT = 256;
    private static final int LEAST_PER_OBJECT = 24;

    private PackIndexFile() {}

    /** Refuses an index whose table does not grow, or that counts more objects than its size has room for. */
    static void check(Path file) throws IOException {
        long size = Files.size(file);
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(raw)) {
            int first = in.readInt();
            long last = first == TABLE_OF_CONTENTS ? 0 : Integer.toUnsignedLong(first);
            int left = FANOUT - 1;
            if (first == TABLE_OF_CONTENTS) {
                in.readInt();
                left = FANOUT;
            }
            for (; left > 0; left--) {
                long next = Integer.toUnsignedLong(in.readInt());
                if (next < last) {
                    throw new IOException("the table of the index does not grow");
                }
                last = next;
            }
            if (last * LEAST_PER_OBJECT > size) {
                throw new IOException("the index counts more objects than it holds");
            }
        }
    }
}
