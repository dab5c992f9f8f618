package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.sql.StatementKind;

/**
 * What a single statement can not do, judged by its first word. A {@code WITH} that modifies must stand at the top level
 * (PostgreSQL documentation, section 7.8.4 "Data-Modifying Statements in WITH"): then it is the first word itself.
 */
public enum Harmless {
    /** It destroys nothing: a query. */
    ALL,
    /** It destroys nothing but what its own rows held: {@code INSERT} and {@code UPDATE}. */
    BUT_OLD_VALUES,
    /** It can do anything. */
    UNKNOWN;

    /** {@return what a statement that begins with that word, in lower case, can not do} */
    static Harmless of(String word) {
        return switch (word) {
            case "select", "values", "table" -> ALL;
            case "insert", "update" -> BUT_OLD_VALUES;
            default -> UNKNOWN;
        };
    }

    boolean canBe(StatementKind kind) {
        return switch (this) {
            case ALL -> false;
            case BUT_OLD_VALUES -> kind == StatementKind.UPDATE_NO_WHERE || kind == StatementKind.UPSERT_UPDATE;
            case UNKNOWN -> true;
        };
    }
}
