package io.github.rowsleuth.postgres.backup;

import java.util.Optional;

/**
 * Counts the rows in the text of a {@code COPY … FROM stdin}: one line each, up to the line {@code \.}. Fed piece by piece.
 * Text of another kind, such as {@code INSERT} statements, is told and not counted.
 */
final class RowCount {

    private static final byte[] INSERT = {'I', 'N', 'S', 'E', 'R', 'T', ' '};

    private final byte[] beginning = new byte[INSERT.length];
    private int lineLength;
    private long lines;
    private boolean ended;
    private boolean statements;

    void add(byte[] text, int length) {
        for (int i = 0; i < length && !ended; i++) {
            if (text[i] == '\n') {
                endOfLine();
            } else {
                if (lineLength < beginning.length) {
                    beginning[lineLength] = text[i];
                }
                lineLength++;
            }
        }
    }

    private void endOfLine() {
        if (lineLength == 2 && beginning[0] == '\\' && beginning[1] == '.') {
            ended = true;
            return;
        }
        statements |= lineLength >= INSERT.length && java.util.Arrays.equals(beginning, INSERT);
        lines++;
        lineLength = 0;
    }

    /** {@return how many, once the end was seen} */
    Optional<Long> rows() {
        return ended && !statements ? Optional.of(lines) : Optional.empty();
    }

    /** {@return whether the end was seen} */
    boolean ended() {
        return ended;
    }
}
