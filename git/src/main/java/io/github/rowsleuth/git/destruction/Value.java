package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.probe.Guard;
import java.util.Locale;
import java.util.Optional;

/**
 * What an expression is worth where nobody set, typed or switched anything.
 *
 * @param known whether it can be told at all
 * @param text its text, in small letters; empty and {@code false} count as not true
 * @param guard the sort of guard that the expression is a part of
 */
record Value(boolean known, String text, Optional<Guard.Kind> guard) {

    static final Value UNKNOWN = new Value(false, "", Optional.empty());

    /** Reading it ends the program: a setting that must be there and is not. */
    static final Value STOPS = new Value(true, "\u0000stops", Optional.of(Guard.Kind.ENVIRONMENT));

    static Value of(String text) {
        return new Value(true, text.toLowerCase(Locale.ROOT), Optional.empty());
    }

    static Value of(boolean holds) {
        return of(holds ? "true" : "false");
    }

    Value as(Guard.Kind kind) {
        return new Value(known, text, Optional.of(kind));
    }

    Value as(Optional<Guard.Kind> kind) {
        return kind.isPresent() ? new Value(known, text, kind) : this;
    }

    boolean stops() {
        return text.equals(STOPS.text);
    }

    boolean holds() {
        return known
                && !text.isEmpty()
                && !text.equals("false")
                && !text.equals("0")
                && !text.equals("none")
                && !text.equals("null")
                && !text.equals("nil")
                && !text.equals("undefined");
    }

    Value not() {
        return !known || stops() ? this : of(!holds()).as(guard);
    }
}
