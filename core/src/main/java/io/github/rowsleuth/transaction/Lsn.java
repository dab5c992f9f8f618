package io.github.rowsleuth.transaction;

/**
 * A position in the write-ahead log (PostgreSQL documentation, "pg_lsn Type").
 *
 * @param position bytes since the beginning of the log, unsigned
 */
public record Lsn(long position) implements Comparable<Lsn> {

    private static final int HALF = 32;

    /**
     * {@return the position that is written so}
     *
     * @param text such as {@code 16/B374D848}
     * @throws IllegalArgumentException if it is no such position
     */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        try {
            long high = Long.parseLong(text.substring(0, Math.max(slash, 0)), 16);
            long low = Long.parseLong(text.substring(slash + 1), 16);
            if (slash > 0 && high >>> HALF == 0 && low >>> HALF == 0) {
                return new Lsn(high << HALF | low);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected(text), e);
        }
        throw new IllegalArgumentException(expected(text));
    }

    private static String expected(String text) {
        return "expected a position in the write-ahead log such as 16/B374D848, found '" + text + "'";
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(position, other.position);
    }

    /** {@return as PostgreSQL writes it, such as {@code 16/B374D848}} */
    @Override
    public String toString() {
        return Long.toHexString(position >>> HALF).toUpperCase(java.util.Locale.ROOT) + "/"
                + Long.toHexString(position & 0xFFFF_FFFFL).toUpperCase(java.util.Locale.ROOT);
    }
}
