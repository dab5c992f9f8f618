package io.github.rowsleuth.logs;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ServerTrace;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that the server did by itself and wrote down.
 *
 * @param kind what it was
 * @param tables the tables it names
 * @param summary what the record says
 * @param place where it stands
 */
record Trace(ServerTrace.Kind kind, List<TableName> tables, String summary, LogRecord.Place place) {

    private static final Pattern MARKS =
            Pattern.compile("checkpoint|restartpoint|automatic|server process|database system|parameter");
    private static final Pattern CHECKPOINT =
            Pattern.compile("(?:checkpoint|restartpoint) complete: wrote (\\d+) buffers.*sync files=(\\d+).*");
    private static final Pattern VACUUM = Pattern.compile(
            "automatic (?:aggressive )?vacuum (?:to prevent wraparound )?of table \"([^\"]+)\": .*", Pattern.DOTALL);
    private static final Pattern TUPLES = Pattern.compile("\\ntuples: (\\d+) removed, (\\d+) remain");
    private static final Pattern CRASH =
            Pattern.compile("(server process \\(PID \\d+\\) was terminated by (?:signal|exception) \\w+).*");
    private static final Pattern LIFE =
            Pattern.compile("database system (?:is ready to accept|was shut down|is shut down"
                    + "|was interrupted|was not properly shut down|shutdown was interrupted).*");

    /** {@return what the record tells, if it is of that sort} */
    static Optional<Trace> of(LogRecord record) {
        if (record.head().part() != Part.LOG || !MARKS.matcher(record.message()).lookingAt()) {
            return Optional.empty();
        }
        String message = record.message();
        Matcher checkpoint = CHECKPOINT.matcher(message);
        if (checkpoint.matches()) {
            String summary = "a checkpoint wrote " + checkpoint.group(1) + " buffers and synced " + checkpoint.group(2)
                    + " files";
            return trace(ServerTrace.Kind.CHECKPOINT, summary, record);
        }
        Matcher crash = CRASH.matcher(message);
        if (crash.matches() || LIFE.matcher(message).matches()) {
            return trace(ServerTrace.Kind.LIFE_CYCLE, crash.matches() ? crash.group(1) : message, record);
        }
        return vacuum(message, record)
                .or(() -> SettingChange.of(message)
                        .filter(SettingChange::concernsLogs)
                        .flatMap(change -> trace(ServerTrace.Kind.SETTING_CHANGED, change.toString(), record)));
    }

    private static Optional<Trace> trace(ServerTrace.Kind kind, String summary, LogRecord record) {
        return Optional.of(new Trace(kind, List.of(), summary, record.place()));
    }

    private static Optional<Trace> vacuum(String message, LogRecord record) {
        Matcher vacuum = VACUUM.matcher(message);
        if (!vacuum.matches()) {
            return Optional.empty();
        }
        Matcher tuples = TUPLES.matcher(message);
        String[] name = vacuum.group(1).split("\\.", 3);
        if (name.length < 3 || name[1].isEmpty() || name[2].isEmpty() || isSystem(name[1]) || !tuples.find()) {
            return Optional.empty();
        }
        TableName table = TableName.of(name[1], name[2]);
        String summary = "autovacuum of " + table + " in " + name[0] + " removed " + tuples.group(1) + " dead rows, "
                + tuples.group(2) + " remained";
        return Optional.of(new Trace(ServerTrace.Kind.AUTOVACUUM, List.of(table), summary, record.place()));
    }

    private static boolean isSystem(String schema) {
        return schema.equals("pg_catalog") || schema.equals("pg_toast") || schema.equals("information_schema");
    }
}
