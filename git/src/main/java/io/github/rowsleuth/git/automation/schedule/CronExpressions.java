package io.github.rowsleuth.git.automation.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the times of cron in the dialects of those who use it. */
final class CronExpressions {

    private static final CronDefinition UNIX = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
    private static final CronDefinition SECONDS = CronDefinitionBuilder.instanceDefinitionFor(CronType.SPRING53);
    private static final CronDefinition YEARS = CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ);
    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final Pattern HASHED = Pattern.compile("\\bH(?:\\((\\d+)-(\\d+)\\))?(?:/(\\d+))?");
    private static final Pattern RANDOM = Pattern.compile("(\\d+)~(\\d+)");
    private static final int MAX_LENGTH = 200;

    private CronExpressions() {}

    /** The times; empty where they are none that this reads. What was assumed is added to the doubts. */
    static Optional<ExecutionTime> read(String expression, List<String> doubts) {
        String plain = expression.strip().replaceAll("[ \\t]+", " ");
        if (plain.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        if (plain.startsWith("cron(") && plain.endsWith(")")) {
            return parse(YEARS, "0 " + plain.substring(5, plain.length() - 1));
        }
        String named = NICKNAMES.getOrDefault(plain.toLowerCase(Locale.ROOT), plain);
        String fixed = withoutChance(named, doubts);
        int fields = fixed.split(" ", -1).length;
        if (fields == 5) {
            return parse(UNIX, fixed).or(() -> parse(SECONDS, "0 " + fixed));
        } else if (fields == 6) {
            return parse(SECONDS, fixed);
        } else if (fields == 7) {
            return parse(YEARS, fixed);
        }
        return CalendarEvents.toCron(plain).flatMap(c -> parse(SECONDS, c));
    }

    /** Times that are drawn by lot or by a hash stand for the first of those that are possible. */
    private static String withoutChance(String expression, List<String> doubts) {
        String fixed = HASHED.matcher(expression).replaceAll(m -> {
            if (m.group(3) != null) {
                return m.group(1) == null ? "*/" + m.group(3) : m.group(1) + "-" + m.group(2) + "/" + m.group(3);
            }
            return m.group(1) == null ? "0" : m.group(1);
        });
        fixed = RANDOM.matcher(fixed).replaceAll("$1");
        if (!fixed.equals(expression)) {
            doubts.add("'" + expression + "' leaves a part of the time to a hash or to chance; the first possible time"
                    + " was taken");
        }
        return fixed;
    }

    private static Optional<ExecutionTime> parse(CronDefinition definition, String expression) {
        try {
            return Optional.of(ExecutionTime.forCron(new CronParser(definition).parse(expression)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
