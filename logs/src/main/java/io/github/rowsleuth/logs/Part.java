package io.github.rowsleuth.logs;

import java.util.Map;

/** What a head line begins, by the word before its colon. */
enum Part {
    /** {@code LOG}. */
    LOG,
    /** {@code ERROR}, {@code FATAL} or {@code PANIC}. */
    ERROR,
    /** {@code WARNING}, {@code NOTICE}, {@code INFO} or {@code DEBUG}. */
    NOTE,
    /** A severity in another language than English. */
    FOREIGN,
    /** {@code DETAIL} of a record. */
    DETAIL,
    /** {@code CONTEXT} of a record. */
    CONTEXT,
    /** {@code STATEMENT} of a record. */
    STATEMENT,
    /** {@code HINT}, {@code QUERY}, {@code LOCATION} or {@code BACKTRACE} of a record: not kept. */
    ASIDE;

    private static final Map<String, Part> BY_WORD = Map.ofEntries(
            Map.entry("LOG", LOG),
            Map.entry("ERROR", ERROR),
            Map.entry("FATAL", ERROR),
            Map.entry("PANIC", ERROR),
            Map.entry("WARNING", NOTE),
            Map.entry("NOTICE", NOTE),
            Map.entry("INFO", NOTE),
            Map.entry("DEBUG", NOTE),
            Map.entry("DEBUG1", NOTE),
            Map.entry("DEBUG2", NOTE),
            Map.entry("DEBUG3", NOTE),
            Map.entry("DEBUG4", NOTE),
            Map.entry("DEBUG5", NOTE),
            Map.entry("DETAIL", DETAIL),
            Map.entry("CONTEXT", CONTEXT),
            Map.entry("STATEMENT", STATEMENT),
            Map.entry("HINT", ASIDE),
            Map.entry("QUERY", ASIDE),
            Map.entry("LOCATION", ASIDE),
            Map.entry("BACKTRACE", ASIDE));

    static Part of(String word) {
        return BY_WORD.getOrDefault(word, FOREIGN);
    }

    /** {@return whether it belongs to the record before it} */
    boolean attaches() {
        return compareTo(DETAIL) >= 0;
    }
}
