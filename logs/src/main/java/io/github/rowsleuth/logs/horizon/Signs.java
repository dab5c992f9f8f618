package io.github.rowsleuth.logs.horizon;

import io.github.rowsleuth.logs.event.Sql;
import io.github.rowsleuth.logs.event.TextShape;

/**
 * Signs of what a log shows, one bit each: they add up over any number of records, in any order.
 *
 * <p>A statement that is logged before it runs is logged because of {@code log_statement}, one that is logged after it
 * because of {@code log_min_duration_statement}.
 */
public final class Signs {

    /** Logged before it ran, although it changes nothing. */
    public static final int ANY_STARTS = 1;
    /** Logged before it ran, and changes rows. */
    public static final int ROWS_START = 1 << 1;
    /** Logged before it ran, and changes the schema. */
    public static final int SCHEMA_STARTS = 1 << 2;
    /** Logged after it ran. */
    public static final int ENDED = 1 << 3;
    /** Logged after it ran for less than a millisecond: the setting counts whole ones. */
    public static final int FAST_ENDED = 1 << 4;
    /** A transaction block began or was committed. */
    public static final int TRANSACTIONS = 1 << 5;
    /** pgaudit reported a write. */
    public static final int AUDIT_WRITES = 1 << 6;
    /** auto_explain logged a plan. */
    public static final int PLANS = 1 << 7;
    /** A statement was logged at all. */
    public static final int TEXTS = 1 << 8;

    private Signs() {}

    /** {@return what that statement is a sign of} */
    static int of(Sql sql) {
        if (sql.kind() == Sql.Kind.NEITHER || sql.text().isEmpty()) {
            return 0;
        }
        TextShape shape = TextShape.of(sql.text());
        if (shape.isEmpty()) {
            return 0;
        }
        int signs = TEXTS | (shape.showsTransactions() ? TRANSACTIONS : 0);
        if (sql.kind() == Sql.Kind.ENDED) {
            boolean fast = sql.duration().filter(d -> d.toMillis() < 1).isPresent();
            return signs | ENDED | (fast ? FAST_ENDED : 0);
        }
        return signs
                | switch (shape.effect()) {
                    case NOTHING -> ANY_STARTS;
                    case ROWS -> ROWS_START;
                    case SCHEMA -> SCHEMA_STARTS;
                    case UNKNOWN -> 0;
                };
    }

    /** {@return what the statements that were seen prove of the settings} */
    static Level level(int signs) {
        Level level = Level.NONE;
        level = level.or((signs & SCHEMA_STARTS) != 0 ? Level.DDL : Level.NONE);
        level = level.or((signs & ENDED) != 0 ? Level.SLOW : Level.NONE);
        level = level.or((signs & PLANS) != 0 ? Level.PLANS : Level.NONE);
        level = level.or((signs & ROWS_START) != 0 ? Level.MOD : Level.NONE);
        level = level.or((signs & AUDIT_WRITES) != 0 ? Level.AUDITED : Level.NONE);
        return level.or((signs & (ANY_STARTS | FAST_ENDED)) != 0 ? Level.ALL : Level.NONE);
    }
}
