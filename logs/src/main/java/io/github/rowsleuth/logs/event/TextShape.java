package io.github.rowsleuth.logs.event;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What sort of text a statement is, as far as {@code log_statement} cares (src/backend/tcop/utility.c, GetCommandLogLevel).
 *
 * @param steps its statements
 * @param effect which setting logs it
 */
public record TextShape(List<Step> steps, Effect effect) {

    /** What a text changes. */
    public enum Effect {
        /** Nothing: only {@code log_statement = all} logs it. */
        NOTHING,
        /** Rows: {@code mod} logs it as well. */
        ROWS,
        /** The schema: {@code ddl} logs it as well. */
        SCHEMA,
        /** Not known. */
        UNKNOWN
    }

    private static final Set<String> CHANGES_ROWS = Set.of("insert", "update", "delete", "truncate", "merge", "copy");
    private static final Set<String> CHANGES_SCHEMA = Set.of(
            "create", "alter", "drop", "comment", "grant", "revoke", "security", "refresh", "reindex", "cluster");
    private static final Set<String> CHANGES_NOTHING = Set.of(
            "begin",
            "start",
            "commit",
            "end",
            "rollback",
            "abort",
            "savepoint",
            "release",
            "set",
            "reset",
            "show",
            "fetch",
            "close",
            "declare",
            "discard",
            "deallocate",
            "do",
            "call",
            "vacuum",
            "lock",
            "listen",
            "select",
            "values",
            "table");

    /** {@return the shape of a text} */
    public static TextShape of(String text) {
        List<Step> steps = Step.in(text);
        return new TextShape(steps, steps.isEmpty() ? Effect.UNKNOWN : effect(steps, text));
    }

    private static Effect effect(List<Step> steps, String text) {
        if (steps.size() == 1 && CHANGES_NOTHING.contains(steps.get(0).word())) {
            // SELECT INTO creates a table and is logged as such.
            return text.toLowerCase(Locale.ROOT).contains("into") ? Effect.SCHEMA : Effect.NOTHING;
        }
        if (steps.stream().anyMatch(s -> CHANGES_ROWS.contains(s.word()))) {
            return Effect.ROWS;
        }
        return steps.stream().anyMatch(s -> CHANGES_SCHEMA.contains(s.word())) ? Effect.SCHEMA : Effect.UNKNOWN;
    }

    /** {@return whether there is no statement in it} */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** {@return whether it begins or commits a block} */
    public boolean showsTransactions() {
        return steps.stream().anyMatch(s -> s.kind() == Step.Kind.BEGIN || s.kind() == Step.Kind.COMMIT);
    }
}
