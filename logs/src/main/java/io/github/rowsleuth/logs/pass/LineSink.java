package io.github.rowsleuth.logs.pass;

/** Takes lines one by one. */
interface LineSink {

    /**
     * One line.
     *
     * @param b the bytes
     * @param from where it begins
     * @param end where it ends, without the line feed
     * @param dropped how many bytes of it were left out
     */
    void line(byte[] b, int from, int end, long dropped);
}
