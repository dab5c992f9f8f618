package io.github.rowsleuth.logs;

import java.io.IOException;

/** A log ends before its end. What was read before it is good. */
final class IncompleteLogException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String consequence;
    private final String remedy;

    IncompleteLogException(String missing, String consequence, String remedy) {
        super(missing);
        this.consequence = consequence;
        this.remedy = remedy;
    }

    /** {@return what is missing} */
    String missing() {
        return String.valueOf(getMessage());
    }

    String consequence() {
        return consequence;
    }

    String remedy() {
        return remedy;
    }
}
