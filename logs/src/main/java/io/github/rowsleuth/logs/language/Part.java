package io.github.rowsleuth.logs.language;

/** What a line of a log begins, by the word before its colon. */
public enum Part {
    /** {@code LOG}. */
    LOG,
    /** {@code ERROR}. */
    ERROR,
    /** {@code FATAL} or {@code PANIC}: an error that ends the session. */
    FATAL,
    /** {@code WARNING}, {@code NOTICE}, {@code INFO} or {@code DEBUG}. */
    NOTE,
    /** A severity in a language that PostgreSQL is not translated into. */
    FOREIGN,
    /** {@code DETAIL} of a record. */
    DETAIL,
    /** {@code CONTEXT} of a record. */
    CONTEXT,
    /** {@code STATEMENT} of a record. */
    STATEMENT,
    /** {@code HINT}, {@code QUERY}, {@code LOCATION} or {@code BACKTRACE} of a record: not kept. */
    ASIDE;

    /** {@return whether it belongs to the record before it} */
    public boolean attaches() {
        return compareTo(DETAIL) >= 0;
    }

    static Part ofEnglish(String word) {
        return switch (word) {
            case "LOG" -> LOG;
            case "ERROR" -> ERROR;
            case "FATAL", "PANIC" -> FATAL;
            case "DETAIL" -> DETAIL;
            case "CONTEXT" -> CONTEXT;
            case "STATEMENT" -> STATEMENT;
            case "HINT", "QUERY", "LOCATION", "BACKTRACE" -> ASIDE;
            default -> NOTE;
        };
    }
}
