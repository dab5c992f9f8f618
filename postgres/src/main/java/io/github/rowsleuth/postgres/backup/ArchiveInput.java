package io.github.rowsleuth.postgres.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the numbers and strings of an archive of {@code pg_dump} (src/bin/pg_dump/pg_backup_archiver.c, ReadInt and
 * ReadStr). Strings are bounded, because a damaged length must not exhaust the memory.
 */
final class ArchiveInput {

    private static final int LONGEST_STRING = 64 << 20;
    private static final int KEPT = 64 << 10;
    private static final int BYTE = 8;

    private final InputStream in;
    private long position;
    private int intSize = 4;

    ArchiveInput(InputStream in) {
        this.in = in;
    }

    void intSize(int size) throws DamagedBackupException {
        if (size < 1 || size > Integer.BYTES) {
            throw new DamagedBackupException("its header says that integers have " + size + " bytes");
        }
        intSize = size;
    }

    int octet() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("it ends after " + position + " bytes");
        }
        position++;
        return value;
    }

    int integer() throws IOException {
        boolean negative = octet() != 0;
        int value = 0;
        for (int i = 0; i < intSize; i++) {
            value |= octet() << (BYTE * i);
        }
        return negative ? -value : value;
    }

    long offset(int size) throws IOException {
        long value = 0;
        for (int i = 0; i < size; i++) {
            long octet = octet();
            value |= i < Long.BYTES ? octet << (BYTE * i) : 0;
        }
        return value;
    }

    /** A string; of a very long one, such as a definition, only the beginning. Empty for none. */
    Optional<String> string() throws IOException {
        int length = integer();
        if (length < 0) {
            return Optional.empty();
        }
        if (length > LONGEST_STRING) {
            throw new DamagedBackupException("at byte " + position + " it says that a string has " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(Math.min(length, KEPT));
        position += bytes.length;
        skip(length - bytes.length);
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    void skip(long count) throws IOException {
        for (long left = count; left > 0; ) {
            long skipped = in.skip(left);
            position += skipped;
            left -= skipped;
            if (skipped == 0) {
                octet();
                left--;
            }
        }
    }

    /** Fills the beginning of the buffer. */
    void fill(byte[] buffer, int length) throws IOException {
        int read = in.readNBytes(buffer, 0, length);
        position += read;
        if (read < length) {
            throw new EOFException("it ends after " + position + " bytes");
        }
    }

    long position() {
        return position;
    }
}
