package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.record.LogRecord;
import java.util.EnumSet;
import java.util.Set;

/** Why a statement that was seen is less certain than others. */
public enum Caveat {
    /** Its record begins in the middle of a torn line. */
    TORN("its line was torn by another process: the record begins in the middle of it"),
    /** Its record begins within a name. */
    FORGED("its prefix holds a line break within a name, and a record forged there; what it says of user, database and"
            + " application was chosen by whoever chose the name"),
    /** Only a part of its text was kept. */
    CUT("its text is longer than what was kept");

    private final String text;

    Caveat(String text) {
        this.text = text;
    }

    /** {@return the reason} */
    public String text() {
        return text;
    }

    static Set<Caveat> of(LogRecord record) {
        Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
        if (record.trust() == LogRecord.Trust.TORN) {
            caveats.add(TORN);
        } else if (record.trust() == LogRecord.Trust.FORGED) {
            caveats.add(FORGED);
        }
        if (record.cut()) {
            caveats.add(CUT);
        }
        return caveats;
    }
}
