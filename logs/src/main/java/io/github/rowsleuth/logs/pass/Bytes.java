package io.github.rowsleuth.logs.pass;

/** What stands before the first visible byte of a line. */
final class Bytes {

    private Bytes() {}

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
