package io.github.rowsleuth.logs;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code LOG} record says of a statement (src/backend/tcop/postgres.c: exec_simple_query,
 * exec_execute_message, check_log_duration).
 *
 * @param kind what it says
 * @param text the statement, empty where the record does not hold it
 * @param millis how long it took, where the record says so
 */
record Sql(Kind kind, String text, OptionalDouble millis) {

    /** What a record says of a statement. */
    enum Kind {
        /** It is about to run. */
        STARTS,
        /** It has run. */
        ENDED,
        /** It was only parsed or bound, or it goes on with a result that it began before. */
        NEITHER
    }

    private static final String DURATION = "duration: ";
    private static final Pattern AS = Pattern.compile("\\bas\\s+", Pattern.CASE_INSENSITIVE);
    private static final String MILLIS = " ms";

    /** {@return what the record says of a statement, if it does} */
    static Optional<Sql> of(LogRecord record) {
        String message = record.message();
        if (!message.startsWith(DURATION)) {
            return text(Kind.STARTS, OptionalDouble.empty(), message, record);
        }
        int end = message.indexOf(MILLIS);
        OptionalDouble millis = end < 0 ? OptionalDouble.empty() : number(message.substring(DURATION.length(), end));
        if (millis.isEmpty()) {
            return Optional.empty();
        }
        String rest = message.substring(end + MILLIS.length()).strip();
        return rest.isEmpty() ? Optional.of(new Sql(Kind.ENDED, "", millis)) : text(Kind.ENDED, millis, rest, record);
    }

    private static OptionalDouble number(String digits) {
        try {
            return OptionalDouble.of(Double.parseDouble(digits));
        } catch (NumberFormatException notADuration) {
            return OptionalDouble.empty();
        }
    }

    private static Optional<Sql> text(Kind kind, OptionalDouble millis, String message, LogRecord record) {
        int colon = message.indexOf(": ");
        if (colon < 0) {
            return Optional.empty();
        }
        String form = message.substring(0, colon);
        String text = message.substring(colon + 2).strip();
        if (form.equals("statement")) {
            return Optional.of(new Sql(kind, prepared(record).orElse(text), millis));
        }
        if (form.startsWith("execute ")) {
            boolean fetches = form.startsWith("execute fetch from ");
            return Optional.of(new Sql(fetches ? Kind.NEITHER : kind, text, millis));
        }
        boolean before = form.startsWith("parse ") || form.startsWith("bind ");
        return before && kind == Kind.ENDED ? Optional.of(new Sql(Kind.NEITHER, text, millis)) : Optional.empty();
    }

    /** {@return what {@code EXECUTE name} runs, which the server writes into {@code DETAIL}} */
    private static Optional<String> prepared(LogRecord record) {
        String detail = record.text(Part.DETAIL);
        if (!detail.startsWith("prepare: ")) {
            return Optional.empty();
        }
        String text = detail.substring("prepare: ".length());
        Matcher as = AS.matcher(text);
        return Optional.of(as.find() ? text.substring(as.end()) : text);
    }
}
