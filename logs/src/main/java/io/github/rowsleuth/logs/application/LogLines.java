package io.github.rowsleuth.logs.application;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a log; of a long one only the beginning. For one thread. */
final class LogLines {

    static final int LONGEST = 64 << 10;

    private static final int PIECE = 64 << 10;

    private final InputStream in;
    private final byte[] piece = new byte[PIECE];
    private final byte[] line = new byte[LONGEST];
    private int at;
    private int end;
    private long number;
    private boolean cut;

    LogLines(InputStream in) {
        this.in = in;
    }

    /** The next line without its end, empty after the last one. */
    Optional<String> next() throws IOException {
        int length = 0;
        boolean any = false;
        cut = false;
        while (true) {
            if (at == end) {
                end = Math.max(0, in.read(piece));
                at = 0;
                if (end == 0) {
                    return any ? line(length) : Optional.empty();
                }
            }
            any = true;
            byte b = piece[at++];
            if (b == '\n') {
                return line(length);
            }
            if (length < LONGEST) {
                line[length++] = b;
            } else {
                cut = true;
            }
        }
    }

    private Optional<String> line(int length) {
        number++;
        return Optional.of(new String(line, 0, length, StandardCharsets.UTF_8));
    }

    /** The number of the line given last, from 1. */
    long number() {
        return number;
    }

    /** Whether the line given last is longer than what was given. */
    boolean cut() {
        return cut;
    }
}
