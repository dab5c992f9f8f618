package io.github.rowsleuth.logs;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Visibility;

/** Which successful statements a stretch of a log shows, the fewest first. Measured on PostgreSQL 15. */
enum Level {
    /** None. */
    NONE(
            Visibility.Degree.BLIND,
            "log_statement = none",
            "a successful DELETE, TRUNCATE or DROP leaves no line in it",
            "ALTER SYSTEM SET log_statement = 'mod'; SELECT pg_reload_conf(); shows the next one"),
    /** Data definition. */
    DDL(
            Visibility.Degree.PARTLY,
            "log_statement = ddl",
            "a DROP leaves a line in it, a successful DELETE or TRUNCATE does not",
            "ALTER SYSTEM SET log_statement = 'mod'; SELECT pg_reload_conf(); shows the next one"),
    /** Slow ones. */
    SLOW(
            Visibility.Degree.PARTLY,
            "log_min_duration_statement > 0",
            "a successful DELETE, TRUNCATE or DROP that was fast leaves no line in it",
            "ALTER SYSTEM SET log_statement = 'mod'; SELECT pg_reload_conf(); shows the next one"),
    /** Data definition and modification. */
    MOD(
            Visibility.Degree.PARTLY,
            "log_statement = mod",
            "deletions inside of functions and DO blocks, by WITH … SELECT and by COPY (DELETE …) leave no line in it, nor"
                    + " does the COMMIT or ROLLBACK that ended one",
            "ALTER SYSTEM SET log_statement = 'all'; SELECT pg_reload_conf(); or pgaudit with log = 'write' shows the"
                    + " next one"),
    /** Every top-level statement. */
    ALL(Visibility.Degree.SHOWS, "every top-level statement is logged", "", "");

    private final Visibility.Degree degree;
    private final String setting;
    private final String consequence;
    private final String remedy;

    Level(Visibility.Degree degree, String setting, String consequence, String remedy) {
        this.degree = degree;
        this.setting = setting;
        this.consequence = consequence;
        this.remedy = remedy;
    }

    Visibility.Degree degree() {
        return degree;
    }

    String setting() {
        return setting;
    }

    void report(Examination examination) {
        if (this != ALL) {
            examination.gap(setting + ", as far as this log tells", consequence, remedy);
        }
    }

    /** {@return the level that {@code log_statement} asks for} */
    static Level of(String logStatement) {
        return switch (logStatement) {
            case "ddl" -> DDL;
            case "mod" -> MOD;
            case "all" -> ALL;
            default -> NONE;
        };
    }

    Level or(Level other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
