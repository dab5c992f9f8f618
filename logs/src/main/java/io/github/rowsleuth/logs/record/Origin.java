package io.github.rowsleuth.logs.record;

import org.jspecify.annotations.Nullable;

/**
 * Where a part of a log begins. A part that is read on its own counts its lines from 1; when it is joined to the part
 * before it, everything that was found in it moves at once.
 */
public final class Origin {

    private @Nullable Origin before;
    private int logs;
    private long lines;

    /** Joins this part to another one, that many logs and lines after its beginning. */
    public void follow(Origin earlier, int logsBetween, long linesBetween) {
        before = earlier;
        logs = logsBetween;
        lines = linesBetween;
    }

    /** {@return the number of the log that has this number here} */
    int log(int log) {
        int number = log;
        for (Origin o = this; o != null; o = o.before) {
            number += o.logs;
        }
        return number;
    }

    /** {@return the number of the line that has this number here, in that log} */
    long line(int log, long line) {
        long number = line;
        int in = log;
        for (Origin o = this; o != null; o = o.before) {
            number += in == 0 ? o.lines : 0; // only the first log of a part goes on with one that was begun before
            in += o.logs;
        }
        return number;
    }
}
