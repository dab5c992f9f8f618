package io.github.rowsleuth.logs.source;

import java.io.IOException;

/** A log ends before its end. What was read before it is good. */
public final class IncompleteLogException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String consequence;
    private final String remedy;

    /** Says what is missing, what can therefore not be known, and what a person can do. */
    public IncompleteLogException(String missing, String consequence, String remedy) {
        super(missing);
        this.consequence = consequence;
        this.remedy = remedy;
    }

    /** {@return the same as a note about that log} */
    public Note note(String log) {
        return new Note(log + ": " + missing(), consequence, remedy);
    }

    /** {@return what is missing} */
    public String missing() {
        return String.valueOf(getMessage());
    }

    /** {@return what a person can do} */
    public String remedy() {
        return remedy;
    }
}
