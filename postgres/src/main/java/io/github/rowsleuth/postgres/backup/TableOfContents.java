package io.github.rowsleuth.postgres.backup;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The head of an archive of {@code pg_dump} and its table of contents (src/bin/pg_dump/pg_backup_archiver.c, ReadHead and
 * ReadToc), formats 1.12 to 1.16: every version that dumps PostgreSQL 9 and newer.
 *
 * @param version of the format, the minor part
 * @param custom whether data follow in the same file
 * @param compression how they are compressed
 * @param begun when it was made
 * @param database what was dumped
 * @param serverVersion from where
 * @param entries what is in it, tables only
 */
record TableOfContents(
        int version,
        boolean custom,
        Compression compression,
        Moment begun,
        Optional<String> database,
        Optional<String> serverVersion,
        List<Entry> entries) {

    private static final byte[] MAGIC = "PGDMP".getBytes(StandardCharsets.US_ASCII);
    private static final int OLDEST = 12;
    private static final int NEWEST = 16;
    private static final int WITH_ACCESS_METHOD = 14;
    private static final int WITH_ALGORITHM = 15;
    private static final int WITH_RELATION_KIND = 16;
    private static final int FORMAT_CUSTOM = 1;
    private static final int FORMAT_TAR = 3;
    private static final int FORMAT_DIRECTORY = 5;
    private static final int NO_DATA = 3;
    private static final int MOST_ENTRIES = 10_000_000;

    /** How the data of tables are compressed. */
    enum Compression {
        NONE,
        ZLIB,
        /** One that is not read here: lz4 or zstd. */
        OTHER
    }

    /**
     * An entry about a table.
     *
     * @param dumpId its number
     * @param table the table
     * @param data whether it stands for the rows, not for the definition
     * @param stored whether they are there
     * @param offset where they begin, in a custom archive; 0 for unknown
     * @param file the file that holds them, in the other formats
     */
    record Entry(int dumpId, TableName table, boolean data, boolean stored, long offset, Optional<String> file) {}

    static boolean begins(byte[] head) {
        return head.length >= MAGIC.length && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    static TableOfContents read(ArchiveInput in, DumpTime time) throws IOException {
        in.skip(MAGIC.length);
        int major = in.octet();
        int minor = in.octet();
        in.octet();
        if (major != 1 || minor < OLDEST || minor > NEWEST) {
            throw new DamagedBackupException("it is an archive of format " + major + "." + minor
                    + "; 1.12 to 1.16 can be read, look into it with pg_restore -l");
        }
        in.intSize(in.octet());
        int offsetSize = in.octet();
        int format = in.octet();
        if (format != FORMAT_CUSTOM && format != FORMAT_TAR && format != FORMAT_DIRECTORY) {
            throw new DamagedBackupException("its header names the unknown format " + format);
        }
        Compression compression = minor >= WITH_ALGORITHM ? algorithm(in.octet()) : level(in.integer());
        Moment begun = begun(in, time);
        Optional<String> database = in.string();
        Optional<String> server = in.string();
        in.string();
        boolean custom = format == FORMAT_CUSTOM;
        return new TableOfContents(
                minor, custom, compression, begun, database, server, entries(in, minor, custom, offsetSize));
    }

    private static Compression algorithm(int code) {
        return code == 0 ? Compression.NONE : code == 1 ? Compression.ZLIB : Compression.OTHER;
    }

    private static Compression level(int level) {
        return level == 0 ? Compression.NONE : Compression.ZLIB;
    }

    private static Moment begun(ArchiveInput in, DumpTime time) throws IOException {
        int second = in.integer();
        int minute = in.integer();
        int hour = in.integer();
        int day = in.integer();
        int month = in.integer();
        int year = in.integer();
        in.integer();
        return time.of(year, month, day, hour, minute, second);
    }

    private static List<Entry> entries(ArchiveInput in, int version, boolean custom, int offsetSize)
            throws IOException {
        int count = in.integer();
        if (count < 0 || count > MOST_ENTRIES) {
            throw new DamagedBackupException("its table of contents claims " + count + " entries");
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entry(in, version, custom, offsetSize).ifPresent(entries::add);
        }
        return List.copyOf(entries);
    }

    private static Optional<Entry> entry(ArchiveInput in, int version, boolean custom, int offsetSize)
            throws IOException {
        int dumpId = in.integer();
        boolean dumped = in.integer() != 0;
        in.string(); // the oid of its catalog
        in.string(); // its oid
        String name = in.string().orElse("");
        String kind = in.string().orElse("");
        in.integer(); // the section
        in.string(); // the definition
        in.string(); // how to drop it
        in.string(); // how to fill it
        Optional<String> schema = in.string();
        in.string(); // the tablespace
        if (version >= WITH_ACCESS_METHOD) {
            in.string();
        }
        if (version >= WITH_RELATION_KIND) {
            in.integer();
        }
        in.string(); // the owner
        in.string(); // with oids, which is over
        skipDependencies(in);
        long offset = 0;
        boolean stored = dumped;
        Optional<String> file = Optional.empty();
        if (custom) {
            int state = in.octet();
            offset = in.offset(offsetSize);
            stored &= state != NO_DATA;
        } else {
            file = in.string().filter(f -> !f.isEmpty());
            stored &= file.isPresent();
        }
        boolean data = kind.equals("TABLE DATA");
        boolean table = data || kind.equals("TABLE");
        return table && !name.isEmpty() && schema.filter(s -> !s.isEmpty()).isPresent()
                ? Optional.of(new Entry(dumpId, TableName.of(schema.get(), name), data, stored, offset, file))
                : Optional.empty();
    }

    private static void skipDependencies(ArchiveInput in) throws IOException {
        while (in.string().isPresent()) {
            // They end with a string that is none.
        }
    }
}
