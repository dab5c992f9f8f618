package io.github.rowsleuth.logs.horizon;

import io.github.rowsleuth.probe.Visibility;
import java.util.Locale;

/** Which successful statements a stretch of a log shows, the fewest first. Measured on PostgreSQL 13 to 18. */
public enum Level {
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
    /** Those that have a plan. */
    PLANS(
            Visibility.Degree.PARTLY,
            "auto_explain logs plans",
            "a TRUNCATE or a DROP has no plan and leaves no line in it",
            "ALTER SYSTEM SET log_statement = 'mod'; SELECT pg_reload_conf(); shows the next one"),
    /** Data definition and modification. */
    MOD(
            Visibility.Degree.PARTLY,
            "log_statement = mod",
            "deletions inside of functions and DO blocks, by WITH … SELECT and by COPY (DELETE …) leave no line in it, nor"
                    + " does the COMMIT or ROLLBACK that ended one",
            "ALTER SYSTEM SET log_statement = 'all'; SELECT pg_reload_conf(); or pgaudit with log = 'write' shows the"
                    + " next one"),
    /** Every act, named by pgaudit. */
    AUDITED(Visibility.Degree.SHOWS, "pgaudit logs every write", "", ""),
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

    /** {@return how far a deletion would have been seen} */
    public Visibility.Degree degree() {
        return degree;
    }

    /** {@return the setting that makes it so} */
    public String setting() {
        return setting;
    }

    /** {@return what leaves no line, empty if nothing does} */
    public String consequence() {
        return consequence;
    }

    /** {@return the setting that would have shown it} */
    public String remedy() {
        return remedy;
    }

    /** {@return the level that {@code log_statement} asks for} */
    static Level ofLogStatement(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "ddl" -> DDL;
            case "mod" -> MOD;
            case "all" -> ALL;
            default -> NONE;
        };
    }

    /** {@return the level that {@code log_min_duration_statement} asks for, in milliseconds or with a unit} */
    static Level ofMinimumDuration(String value) {
        String digits = value.strip().replaceFirst("(?i)(ms|us|s|min|h|d)$", "").strip();
        if (digits.startsWith("-") || digits.isEmpty()) {
            return NONE;
        }
        return digits.chars().allMatch(c -> c == '0') ? ALL : SLOW;
    }

    /** {@return the level that {@code pgaudit.log} asks for} */
    static Level ofAudit(String value) {
        boolean writes = false;
        for (String word : value.toLowerCase(Locale.ROOT).split(",", -1)) {
            switch (word.strip()) {
                case "all", "write" -> writes = true;
                case "-all", "-write", "none" -> writes = false;
                default -> {}
            }
        }
        return writes ? AUDITED : NONE;
    }

    Level or(Level other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
