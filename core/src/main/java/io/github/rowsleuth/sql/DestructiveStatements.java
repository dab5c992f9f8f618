package io.github.rowsleuth.sql;

import java.util.List;

/** Recognises destructive statements. */
public final class DestructiveStatements {

    private DestructiveStatements() {}

    /**
     * {@return the destructive statements in a text, in its order, nested ones included}
     *
     * @param sql SQL, complete or not; never throws
     */
    public static List<DestructiveStatement> in(CharSequence sql) {
        return List.of();
    }
}
