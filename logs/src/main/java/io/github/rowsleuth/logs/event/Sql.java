package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.record.LogRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code LOG} record says of a statement (src/backend/tcop/postgres.c: exec_simple_query,
 * exec_execute_message, check_log_duration).
 *
 * @param kind what it says
 * @param text the statement, empty where the record does not hold it
 * @param duration how long it took, where the record says so
 */
public record Sql(Kind kind, String text, Optional<Duration> duration) {

    /** What a record says of a statement. */
    public enum Kind {
        /** It is about to run. */
        STARTS,
        /** It has run. */
        ENDED,
        /** It was only parsed or bound, or it goes on with a result that it began before. */
        NEITHER
    }

    private static final String DURATION = "duration: ";
    private static final String MILLIS = " ms";
    private static final Pattern AS = Pattern.compile("\\bas\\s+", Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER = Pattern.compile("(\\$\\d+) = (?:'[^']*+(?:''[^']*+)*+'|NULL|\\.\\.\\.)");
    private static final int MOST_PARAMETERS = 200;

    /** {@return what the record says of a statement, if it does} */
    public static Optional<Sql> of(LogRecord record) {
        String message = record.message();
        if (!message.startsWith(DURATION)) {
            return text(Kind.STARTS, Optional.empty(), message, record);
        }
        int end = message.indexOf(MILLIS);
        Optional<Duration> took = end < 0 ? Optional.empty() : millis(message.substring(DURATION.length(), end));
        if (took.isEmpty()) {
            return Optional.empty();
        }
        String rest = message.substring(end + MILLIS.length()).strip();
        return rest.isEmpty() ? Optional.of(new Sql(Kind.ENDED, "", took)) : text(Kind.ENDED, took, rest, record);
    }

    private static Optional<Duration> millis(String digits) {
        int point = digits.indexOf('.');
        try {
            long millis = Long.parseLong(point < 0 ? digits : digits.substring(0, point));
            String fraction = point < 0 ? "0" : digits.substring(point + 1) + "000";
            long micros = point < 0 ? 0 : Long.parseLong(fraction.substring(0, 3));
            return Optional.of(Duration.ofMillis(millis).plusNanos(micros * 1000));
        } catch (NumberFormatException | ArithmeticException notADuration) {
            return Optional.empty();
        }
    }

    private static Optional<Sql> text(Kind kind, Optional<Duration> took, String message, LogRecord record) {
        int colon = message.indexOf(": ");
        if (colon < 0) {
            return Optional.empty();
        }
        String form = message.substring(0, colon);
        String text = message.substring(colon + 2).strip();
        if (form.equals("statement")) {
            return Optional.of(new Sql(kind, prepared(text, record).orElse(text), took));
        }
        if (form.startsWith("execute ")) {
            boolean fetches = form.startsWith("execute fetch from ");
            return Optional.of(new Sql(fetches ? Kind.NEITHER : kind, text, took));
        }
        boolean before = form.startsWith("parse ") || form.startsWith("bind ");
        return before && kind == Kind.ENDED ? Optional.of(new Sql(Kind.NEITHER, text, took)) : Optional.empty();
    }

    /** {@return what {@code EXECUTE name} runs, which the server writes into {@code DETAIL}} */
    private static Optional<String> prepared(String outer, LogRecord record) {
        String detail = record.text(Part.DETAIL);
        if (!detail.startsWith("prepare: ") || !Keywords.isIn(outer)) {
            return Optional.empty();
        }
        return Optional.of(body(detail.substring("prepare: ".length())));
    }

    /** {@return the statement that a {@code PREPARE} prepares} */
    static String body(String prepare) {
        Matcher as = AS.matcher(prepare);
        return as.find() ? prepare.substring(as.end()) : prepare;
    }

    /** {@return the parameters of the statement by their numbers, without their values} */
    static Optional<String> parameters(LogRecord record) {
        String detail = record.text(Part.DETAIL);
        int colon = detail.indexOf(": ");
        if (colon < 0 || !detail.regionMatches(true, 0, "parameters", 0, colon)) {
            return Optional.empty();
        }
        StringBuilder names = new StringBuilder();
        Matcher parameter = PARAMETER.matcher(detail).region(colon + 2, detail.length());
        for (int i = 0; i < MOST_PARAMETERS && parameter.find(); i++) {
            names.append(names.isEmpty() ? "" : ", ").append(parameter.group(1)).append(" = ?");
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(names.toString());
    }
}
