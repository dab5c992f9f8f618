package io.github.rowsleuth.postgres.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Walks over the members of a tar file as {@code pg_dump} and {@code pg_basebackup} write them: names up to 99 bytes,
 * sizes in octal digits or, above 8 GB, in binary (src/port/tar.c).
 */
final class TarMembers {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int MAGIC_AT = 257;
    private static final int OCTAL = 8;
    private static final int BINARY = 0x80;

    private final InputStream in;
    private final byte[] header = new byte[BLOCK];
    private long padding;

    /**
     * One member. Its bytes must be read, or skipped with {@link TarMembers#skip}, before the next is asked for.
     *
     * @param name its name
     * @param size its size in bytes
     */
    record Member(String name, long size) {}

    TarMembers(InputStream in) {
        this.in = in;
    }

    static boolean begins(byte[] head) {
        return head.length >= MAGIC_AT + 5 && text(head, MAGIC_AT, 5).equals("ustar");
    }

    Optional<Member> next() throws IOException {
        skip(padding);
        int read = in.readNBytes(header, 0, BLOCK);
        if (read == 0 || header[0] == 0) {
            return Optional.empty();
        }
        if (read < BLOCK || !begins(header)) {
            throw new DamagedBackupException("a member of the tar file has no proper header");
        }
        long size = size();
        padding = (BLOCK - size % BLOCK) % BLOCK;
        return Optional.of(new Member(text(header, 0, NAME_LENGTH), size));
    }

    private long size() throws DamagedBackupException {
        long size = 0;
        if ((header[SIZE_AT] & BINARY) != 0) {
            for (int i = 1; i < SIZE_LENGTH; i++) {
                size = (size << 8) | (header[SIZE_AT + i] & 0xFF);
            }
            return size;
        }
        for (char digit : text(header, SIZE_AT, SIZE_LENGTH).strip().toCharArray()) {
            if (digit < '0' || digit >= '0' + OCTAL) {
                throw new DamagedBackupException("a member of the tar file has no proper size");
            }
            size = size * OCTAL + digit - '0';
        }
        return size;
    }

    void skip(long count) throws IOException {
        in.skipNBytes(count);
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** The bytes of the member, and no others. */
    static InputStream within(InputStream in, long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    return -1;
                }
                int value = in.read();
                if (value < 0) {
                    throw new EOFException("the tar file ends within a member");
                }
                left--;
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (left == 0) {
                    return -1;
                }
                int got = in.read(buffer, offset, (int) Math.min(length, left));
                if (got < 0) {
                    throw new EOFException("the tar file ends within a member");
                }
                left -= got;
                return got;
            }
        };
    }
}
