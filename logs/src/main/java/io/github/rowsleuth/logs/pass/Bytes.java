package io.github.rowsleuth.logs.pass;

/** What stands before the first visible byte of a line. */
final class Bytes {

    private Bytes() {}

    /** {@return where the line ends: before the carriage return of Windows, unless its end was left out} */
    static int end(byte[] b, int from, int to, long dropped) {
        return dropped == 0 && to > from && b[to - 1] == '\r' ? to - 1 : to;
    }

    /** {@return where the line begins to say something: after the NULs that copytruncate leaves, and a byte order mark} */
    static int visible(byte[] b, int from, int to, boolean first) {
        int at = from;
        if (first && to - at >= 3 && b[at] == (byte) 0xEF && b[at + 1] == (byte) 0xBB && b[at + 2] == (byte) 0xBF) {
            at += 3;
        }
        while (at < to && b[at] == 0) {
            at++;
        }
        return at;
    }
}
