package io.github.rowsleuth.git.destruction;

/** Counts lines on the way through a text, from front to back. */
final class Lines {

    private final String text;
    private int at;
    private int line = 1;

    Lines(String text) {
        this.text = text;
    }

    /** The line of a place that is not before the one asked for last. */
    int of(int offset) {
        for (; at < offset && at < text.length(); at++) {
            line += text.charAt(at) == '\n' ? 1 : 0;
        }
        return line;
    }
}
