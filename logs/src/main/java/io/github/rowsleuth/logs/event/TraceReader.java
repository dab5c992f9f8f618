package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.record.LogRecord;
import io.github.rowsleuth.probe.ServerTrace.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a server writes down even if it logs no statement, and what bounds a loss nevertheless. */
final class TraceReader {

    private static final Pattern MARKS =
            Pattern.compile("checkpoint|restartpoint|automatic|[^(]*\\(PID \\d+\\) was|database"
                    + " system|parameter \"|process \\d|starting (?:archive|point-in-time|backup) recovery");
    private static final Pattern CHECKPOINT =
            Pattern.compile("(?:checkpoint|restartpoint) complete: wrote (\\d+) buffers.*sync files=(\\d+).*");
    private static final Pattern FORCED = Pattern.compile("checkpoint starting: immediate force.*");
    private static final Pattern FREQUENT =
            Pattern.compile("checkpoints are occurring too frequently \\((\\d+) seconds? apart\\)");
    private static final Pattern VACUUM = Pattern.compile(
            "automatic (?:aggressive )?vacuum (?:to prevent wraparound )?of table \"([^\"]+)\": .*", Pattern.DOTALL);
    private static final Pattern TUPLES = Pattern.compile("\\ntuples: (\\d+) removed, (\\d+) remain");
    private static final Pattern CUTOFF = Pattern.compile("(?:removable cutoff|oldest xmin): (\\d+)");
    private static final Pattern CRASH =
            Pattern.compile("([^(]+ \\(PID (\\d{1,18})\\) was terminated by (?:signal|exception) \\w+).*");
    private static final Pattern LIFE =
            Pattern.compile("database system (?:is ready to accept|was shut down|is shut down"
                    + "|was interrupted|was not properly shut down|shutdown was interrupted).*"
                    + "|starting (?:archive|point-in-time|backup) recovery.*");
    private static final Pattern WAIT = Pattern.compile("process (\\d+) (?:still waiting for|detected deadlock while"
            + " waiting for|acquired) \\w+ on transaction (\\d+) after .*");
    private static final Pattern HOLDER = Pattern.compile("Process holding the lock: (\\d+)\\. .*");
    private static final Pattern TUPLE =
            Pattern.compile("while (deleting|updating|locking) tuple \\(\\d+,\\d+\\) in relation \"([^\"]+)\"");
    private static final Pattern BLOCKED = Pattern.compile(
            "^Process (\\d+) waits for \\w+ on transaction (\\d+); blocked by process (\\d+)\\.$", Pattern.MULTILINE);
    private static final Pattern MISSING =
            Pattern.compile("(relation|table|schema|database) \"([^\"]+)\" does not exist(?: at character \\d+)?");
    private static final Pattern ORPHAN =
            Pattern.compile("insert or update on table \"([^\"]+)\" violates foreign key constraint .*");
    private static final Pattern NOT_PRESENT =
            Pattern.compile("Key (?:.*)is not present in table \"([^\"]+)\"\\.", Pattern.DOTALL);
    private static final Pattern CASCADES =
            Pattern.compile("(truncate|drop) cascades to (?:table |.* on table )?\"?([^\"\\n]+?)\"?");

    private TraceReader() {}

    /** {@return what the record tells} */
    static List<Trace> of(LogRecord record) {
        return switch (record.part()) {
            case LOG -> MARKS.matcher(record.message()).lookingAt() ? log(record) : List.of();
            case ERROR, FATAL -> error(record);
            case NOTE -> note(record);
            default -> List.of();
        };
    }

    private static List<Trace> log(LogRecord record) {
        String message = record.message();
        Matcher crash = CRASH.matcher(message);
        if (crash.matches()) {
            return List.of(Trace.of(Kind.LIFE_CYCLE, List.of(), crash.group(1), record.place())
                    .of(Optional.of(Long.valueOf(crash.group(2))), Optional.empty()));
        }
        if (LIFE.matcher(message).matches()) {
            return List.of(Trace.of(Kind.LIFE_CYCLE, List.of(), message, record.place()));
        }
        Optional<Trace> trace = checkpoint(message, record)
                .or(() -> vacuum(message, record))
                .or(() -> waiting(message, record))
                .or(() -> SettingChange.of(message)
                        .filter(SettingChange::concernsLogs)
                        .map(change -> Trace.of(Kind.SETTING_CHANGED, List.of(), change.toString(), record.place())));
        return trace.map(List::of).orElse(List.of());
    }

    private static Optional<Trace> checkpoint(String message, LogRecord record) {
        Matcher complete = CHECKPOINT.matcher(message);
        if (complete.matches()) {
            return checkpoint(
                    record,
                    "a checkpoint wrote " + complete.group(1) + " buffers and synced " + complete.group(2) + " files");
        }
        Matcher frequent = FREQUENT.matcher(message);
        if (frequent.matches()) {
            return checkpoint(
                    record, "a checkpoint came " + frequent.group(1) + " seconds after another: much was written");
        }
        return FORCED.matcher(message).matches()
                ? checkpoint(record, "a checkpoint was demanded at once, as CREATE and DROP DATABASE and backups do")
                : Optional.empty();
    }

    private static Optional<Trace> checkpoint(LogRecord record, String summary) {
        return Optional.of(Trace.of(Kind.CHECKPOINT, List.of(), summary, record.place()));
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
        Matcher cutoff = CUTOFF.matcher(message);
        return Optional.of(new Trace(
                Kind.AUTOVACUUM,
                List.of(table),
                "autovacuum of " + table + " in " + name[0] + " removed " + tuples.group(1) + " dead rows, "
                        + tuples.group(2) + " remained",
                Optional.empty(),
                cutoff.find() ? number(cutoff.group(1)) : Optional.empty(),
                number(tuples.group(1)),
                record.place()));
    }

    private static boolean isSystem(String schema) {
        return schema.equals("pg_catalog") || schema.equals("pg_toast") || schema.equals("information_schema");
    }

    private static Optional<Long> number(String digits) {
        return digits.length() > 18 ? Optional.empty() : Optional.of(Long.valueOf(digits));
    }

    /** A lock wait ties a transaction to a process, and both to a table, without any statement. */
    private static Optional<Trace> waiting(String message, LogRecord record) {
        Matcher wait = WAIT.matcher(message);
        Matcher holder = HOLDER.matcher(record.text(Part.DETAIL));
        if (!wait.matches() || !holder.matches()) {
            return Optional.empty();
        }
        Optional<Long> transaction = number(wait.group(2));
        Optional<Long> process = number(holder.group(1));
        Matcher tuple = TUPLE.matcher(record.text(Part.CONTEXT));
        boolean known = tuple.find();
        List<TableName> tables = known ? List.of(new TableName(Optional.empty(), tuple.group(2))) : List.of();
        String doing = known ? " while " + tuple.group(1) + " a row of " + tables.get(0) : "";
        return Optional.of(Trace.of(
                        Kind.LOCK_WAIT,
                        tables,
                        "process " + wait.group(1) + " waited for transaction " + wait.group(2) + " of process "
                                + holder.group(1) + doing,
                        record.place())
                .of(process, transaction));
    }

    private static List<Trace> error(LogRecord record) {
        String message = record.message();
        Matcher missing = MISSING.matcher(message);
        if (missing.matches()) {
            boolean table =
                    missing.group(1).equals("relation") || missing.group(1).equals("table");
            List<TableName> tables =
                    table ? table(missing.group(2)).map(List::of).orElse(List.of()) : List.of();
            return List.of(Trace.of(
                    Kind.MISSING_OBJECT,
                    tables,
                    missing.group(1) + " \"" + missing.group(2) + "\" did not exist",
                    record.place()));
        }
        Matcher orphan = ORPHAN.matcher(message);
        Matcher parent = NOT_PRESENT.matcher(record.text(Part.DETAIL));
        if (orphan.matches() && parent.matches()) {
            TableName table = new TableName(Optional.empty(), parent.group(1));
            String summary = "a row of " + table + " that \"" + orphan.group(1) + "\" refers to did not exist";
            return List.of(Trace.of(Kind.MISSING_ROW, List.of(table), summary, record.place()));
        }
        return message.startsWith("deadlock detected") ? deadlock(record) : List.of();
    }

    private static Optional<TableName> table(String name) {
        return Destruction.object(name).flatMap(object -> object.asTable());
    }

    private static List<Trace> deadlock(LogRecord record) {
        List<Trace> traces = new ArrayList<>();
        Matcher blocked = BLOCKED.matcher(record.text(Part.DETAIL));
        while (blocked.find()) {
            traces.add(Trace.of(
                            Kind.DEADLOCK,
                            List.of(),
                            "process " + blocked.group(1) + " and process " + blocked.group(3)
                                    + " blocked each other; transaction " + blocked.group(2) + " was that of process "
                                    + blocked.group(3),
                            record.place())
                    .of(number(blocked.group(3)), number(blocked.group(2))));
        }
        return traces;
    }

    private static List<Trace> note(LogRecord record) {
        Matcher cascades = CASCADES.matcher(record.message());
        if (!cascades.matches()) {
            return List.of();
        }
        boolean truncate = cascades.group(1).equals("truncate");
        boolean table = truncate || record.message().startsWith("drop cascades to table ");
        List<TableName> tables = table ? table(cascades.group(2)).map(List::of).orElse(List.of()) : List.of();
        return List.of(Trace.of(Kind.CASCADE, tables, record.message().replace("\"", ""), record.place()));
    }
}
