package io.github.rowsleuth.postgres.backup;

import io.github.rowsleuth.postgres.backup.TableOfContents.Compression;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The data of one table in a custom archive: a block of chunks, each with its length before it, the last of length 0
 * (src/bin/pg_dump/pg_backup_custom.c, _PrintTocData).
 */
final class CustomData {

    private static final int DATA_BLOCK = 1;
    private static final int LONGEST_CHUNK = 16 << 20;
    private static final int PIECE = 64 << 10;

    private final Compression compression;
    private final RowCount count = new RowCount();
    private byte[] chunk = new byte[PIECE];
    private final byte[] plain = new byte[PIECE];

    private CustomData(Compression compression) {
        this.compression = compression;
    }

    /** Reads the block to its end, and counts its rows where the compression allows. */
    static RowCount count(Path file, TableOfContents.Entry entry, Compression compression, Pace pace)
            throws IOException {
        CustomData data = new CustomData(compression);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(entry.offset());
            ArchiveInput in = new ArchiveInput(new BufferedInputStream(Channels.newInputStream(channel), PIECE));
            data.read(in, entry, pace);
        }
        return data.count;
    }

    private void read(ArchiveInput in, TableOfContents.Entry entry, Pace pace) throws IOException {
        int kind = in.octet();
        int dumpId = in.integer();
        if (kind != DATA_BLOCK || dumpId != entry.dumpId()) {
            throw new DamagedBackupException(
                    "where the rows of " + entry.table() + " should begin, something else stands");
        }
        Inflater inflater = new Inflater();
        try {
            for (int length = in.integer(); length != 0; length = in.integer()) {
                readChunk(in, length, inflater);
                pace.step();
            }
        } catch (DataFormatException e) {
            throw new DamagedBackupException("the compressed rows of " + entry.table() + " are damaged");
        } finally {
            inflater.end();
        }
    }

    private void readChunk(ArchiveInput in, int length, Inflater inflater) throws IOException, DataFormatException {
        if (length < 0 || length > LONGEST_CHUNK) {
            throw new DamagedBackupException("a chunk of rows claims " + length + " bytes");
        }
        if (chunk.length < length) {
            chunk = new byte[length];
        }
        in.fill(chunk, length);
        if (compression == Compression.NONE) {
            count.add(chunk, length);
        } else if (compression == Compression.ZLIB) {
            inflater.setInput(chunk, 0, length);
            for (int got = inflater.inflate(plain); got > 0; got = inflater.inflate(plain)) {
                count.add(plain, got);
            }
        }
    }
}
