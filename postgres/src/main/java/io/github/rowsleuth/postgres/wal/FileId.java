package io.github.rowsleuth.postgres.wal;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a relation (src/include/storage/relfilelocator.h).
 *
 * @param tablespace the oid of its tablespace
 * @param database the oid of its database; 0 for a shared catalog
 * @param number {@code relfilenode}
 */
public record FileId(long tablespace, long database, long number) implements Comparable<FileId> {

    /** {@code pg_default}, whose databases lie in {@code base}. */
    public static final long DEFAULT_TABLESPACE = 1663;

    /** Files below this number are of system catalogs (src/include/access/transam.h, FirstNormalObjectId). */
    public static final long FIRST_NORMAL = 16_384;

    private static final Comparator<FileId> ORDER = Comparator.comparingLong(FileId::tablespace)
            .thenComparingLong(FileId::database)
            .thenComparingLong(FileId::number);

    private static final Pattern REFERENCE = Pattern.compile("(\\d+)/(\\d+)/(\\d+)");
    private static final Pattern PATH =
            Pattern.compile("(?:base|pg_tblspc/(\\d+)/[^/ ]+)/(\\d+)/(\\d+)(?:_(?:init|fsm|vm))?");

    /**
     * {@return the file that a block reference names}
     *
     * @param text such as {@code 1663/16384/16391}
     */
    public static Optional<FileId> ofReference(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        return matcher.matches() ? Optional.of(of(matcher.group(1), matcher)) : Optional.empty();
    }

    /**
     * {@return the file at that path; empty for a shared catalog or anything else}
     *
     * @param path such as {@code base/16384/16391} or {@code pg_tblspc/16999/PG_15_202209061/16384/16391_init}
     */
    public static Optional<FileId> ofPath(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String tablespace = Optional.ofNullable(matcher.group(1)).orElse(Long.toString(DEFAULT_TABLESPACE));
        return Optional.of(of(tablespace, matcher));
    }

    private static FileId of(String tablespace, Matcher matcher) {
        return new FileId(
                Long.parseLong(tablespace), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }

    @Override
    public int compareTo(FileId other) {
        return ORDER.compare(this, other);
    }

    /** {@return such as {@code file 1663/16384/16391}} */
    @Override
    public String toString() {
        return "file " + tablespace + "/" + database + "/" + number;
    }
}
