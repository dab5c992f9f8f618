package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.event.SessionEvent.Ended;
import io.github.rowsleuth.logs.event.SessionEvent.Failure;
import io.github.rowsleuth.logs.event.SessionEvent.Mention;
import io.github.rowsleuth.logs.event.SessionEvent.Report;
import io.github.rowsleuth.logs.event.SessionEvent.Run;
import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.record.LogRecord;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import io.github.rowsleuth.sql.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the destructive statements in records, and tells their sessions what happens. */
public final class StatementTracker {

    private static final Pattern CRASHED = Pattern.compile(
            "[^(]+ \\(PID (\\d{1,18})\\) (was terminated by (?:signal|exception) .*|exited with .*)", Pattern.DOTALL);
    private static final String RUNNING = "Failed process was running: ";
    private static final Pattern DEADLOCKED = Pattern.compile("^Process (\\d{1,18}): ", Pattern.MULTILINE);
    private static final Pattern BLOCKER = Pattern.compile(
            "^Process \\d+ waits for \\w+ on transaction (\\d{1,18}); blocked by process (\\d{1,18})\\.$",
            Pattern.MULTILINE);

    private final Ledger ledger;
    private final SessionTable sessions;

    /** Tells these sessions, and enters the rest into that ledger. */
    public StatementTracker(Ledger ledger, SessionTable sessions) {
        this.ledger = ledger;
        this.sessions = sessions;
    }

    /** One record. */
    public void accept(LogRecord record) {
        switch (record.part()) {
            case LOG -> log(record);
            case ERROR, FATAL -> error(record);
            case NOTE -> note(record);
            case STATEMENT -> mentioned(record);
            default -> {}
        }
    }

    private void log(LogRecord record) {
        String message = record.message();
        if (sessions.follow(record, message)) {
            return;
        }
        Optional<Sql> sql = Sql.of(record);
        if (sql.isPresent()) {
            statement(sql.get(), record);
            return;
        }
        TraceReader.of(record).forEach(ledger::add);
        if (crashed(record, message)) {
            return;
        }
        Optional<AuditRow> audit = AuditRow.of(message);
        if (audit.isPresent()) {
            audited(audit.get(), record);
        } else if (!Plan.is(message)) {
            mentioned(record);
        } else {
            Plan.of(message).ifPresent(plan -> planned(plan, record));
        }
    }

    /** {@code pgaudit.log_level} can be another one than {@code log}. */
    private void note(LogRecord record) {
        TraceReader.of(record).forEach(ledger::add);
        Optional<AuditRow> audit = AuditRow.of(record.message());
        if (audit.isPresent()) {
            audited(audit.get(), record);
        } else {
            mentioned(record);
        }
    }

    private void statement(Sql sql, LogRecord record) {
        if (sql.kind() == Sql.Kind.NEITHER) {
            sessions.meets(record);
        } else if (sql.text().isEmpty()) {
            String transaction = record.field('x').orElse("");
            String query = record.field('Q').orElse("");
            sql.duration().ifPresent(took -> sessions.of(record).accept(new Ended(took, transaction, query)));
        } else {
            List<Step> steps = Step.in(sql.text());
            boolean destroys = Keywords.isIn(sql.text());
            if (!destroys && steps.stream().noneMatch(Step::matters)) {
                sessions.idle(record);
                return;
            }
            SessionTrack session = sessions.of(record);
            List<RunItem> items = items(sql.text(), destroys, steps, record, session);
            boolean ended = sql.kind() == Sql.Kind.ENDED;
            session.accept(
                    items.isEmpty()
                            ? new SessionEvent.Idle()
                            : new Run(TextKey.of(sql.text()), items, ended, sql.duration()));
        }
    }

    /** {@return what the text destroys and what it does to its transaction, in its order} */
    private static List<RunItem> items(
            String text, boolean destroys, List<Step> steps, LogRecord record, SessionTrack session) {
        List<Sighting> found = destroys ? sightings(text, steps, record, session) : List.of();
        if (!found.isEmpty()) {
            Optional<String> parameters = Sql.parameters(record);
            found.forEach(s -> s.parameters(parameters));
        }
        List<RunItem> items = new ArrayList<>();
        int next = 0;
        for (Step step : steps) {
            for (; next < found.size() && found.get(next).statement().offset() < step.offset(); next++) {
                items.add(found.get(next));
            }
            if (step.matters()) {
                items.add(step);
            }
        }
        items.addAll(found.subList(next, found.size()));
        return items;
    }

    /** {@return what the text destroys when it runs, not what it only defines} */
    private static List<Sighting> sightings(String text, LogRecord record, SessionTrack session) {
        return Keywords.isIn(text) ? sightings(text, Step.in(text), record, session) : List.of();
    }

    private static List<Sighting> sightings(String text, List<Step> steps, LogRecord record, SessionTrack session) {
        Harmless harmless = steps.size() == 1 ? Harmless.of(steps.get(0).word()) : Harmless.UNKNOWN;
        if (harmless == Harmless.ALL) {
            return List.of();
        }
        List<Sighting> sightings = new ArrayList<>();
        for (DestructiveStatement statement : DestructiveStatements.in(text)) {
            if (!statement.deferred() && harmless.canBe(statement.kind())) {
                sightings.add(
                        Sighting.of(statement, text, record, session.identity()).at(sightings.size()));
            }
        }
        return sightings;
    }

    private void error(LogRecord record) {
        TraceReader.of(record).forEach(ledger::add);
        SessionTrack session = sessions.of(record);
        String message = record.message();
        String text = record.text(Part.STATEMENT).strip();
        Optional<ErrorForm> form = ErrorForm.of(message);
        String state =
                record.sqlState().isEmpty() ? form.map(ErrorForm::sqlState).orElse("") : record.sqlState();
        if (text.isEmpty() && record.part() == Part.ERROR) {
            ledger.errorWithoutStatement();
        }
        if (message.startsWith("deadlock detected")) {
            deadlocked(record);
        }
        Context context = Context.of(record.text(Part.CONTEXT));
        List<Sighting> own = sightings(text, record, session);
        List<Sighting> nested = new ArrayList<>();
        for (String inner : context.statements()) {
            if (!inner.strip().equals(text)) {
                nested.addAll(sightings(inner, record, session));
            }
        }
        for (Sighting s : nested) {
            s.within(Context.isForeignKey(s.text()) ? Optional.of("foreign key") : context.function())
                    .at(own.size() + s.index());
        }
        session.accept(new Failure(
                text.isEmpty() ? TextKey.NONE : TextKey.of(text),
                state,
                form.map(f -> ErrorForm.redact(message)),
                record.field('x').orElse(""),
                record.field('Q').orElse(""),
                own,
                nested,
                record.part() == Part.FATAL,
                form.filter(ErrorForm::beforeAnythingRan).isPresent()));
    }

    /** The report of a deadlock holds the statements of the sessions that went on. */
    private void deadlocked(LogRecord record) {
        String detail = record.text(Part.DETAIL);
        Matcher process = DEADLOCKED.matcher(detail);
        int from = -1;
        long pid = 0;
        while (process.find()) {
            survivor(pid, from, process.start() - 1, detail, record);
            pid = Long.parseLong(process.group(1));
            from = process.end();
        }
        survivor(pid, from, detail.length(), detail, record);
    }

    private void survivor(long pid, int from, int to, String detail, LogRecord record) {
        if (from < 0 || pid == record.process()) {
            return;
        }
        String text = detail.substring(from, to).strip();
        SessionTrack session = sessions.ofProcess(pid);
        List<Sighting> found = sightings(text, record, session);
        Optional<Long> transaction = Optional.empty();
        Matcher blocker = BLOCKER.matcher(detail);
        while (blocker.find()) {
            if (Long.parseLong(blocker.group(2)) == pid) {
                transaction = Optional.of(Long.valueOf(blocker.group(1)));
            }
        }
        for (Sighting s : found) {
            s.ofProcess(pid).transaction(transaction).at(s.index() + 1_000);
        }
        if (!found.isEmpty()) {
            session.accept(new Mention(TextKey.of(text), found, false));
        }
    }

    /** A record of another kind that holds the running statement, such as that of a temporary file. */
    private void mentioned(LogRecord record) {
        String text = record.text(Part.STATEMENT).strip();
        if (text.isEmpty()) {
            return;
        }
        SessionTrack session = sessions.of(record);
        List<Sighting> found = sightings(text, record, session);
        if (!found.isEmpty()) {
            session.accept(new Mention(TextKey.of(text), found, false));
        }
    }

    private boolean crashed(LogRecord record, String message) {
        Matcher crash = CRASHED.matcher(message);
        if (!crash.matches()) {
            return false;
        }
        String detail = record.text(Part.DETAIL);
        if (detail.startsWith(RUNNING)) {
            String text = detail.substring(RUNNING.length()).strip();
            long pid = Long.parseLong(crash.group(1));
            SessionTrack session = sessions.ofProcess(pid);
            List<Sighting> found = sightings(text, record, session);
            found.forEach(s -> s.ofProcess(pid));
            session.accept(new Mention(TextKey.of(text), found, true));
        }
        return true;
    }

    private void audited(AuditRow row, LogRecord record) {
        SessionTrack session = sessions.of(record);
        String text = row.sql().toLowerCase(Locale.ROOT).startsWith("prepare ")
                ? Sql.body(row.sql()).strip()
                : row.sql();
        List<Sighting> candidates = new ArrayList<>();
        for (StatementKind kind : Commands.kinds(row.command())) {
            Optional<Long> rows = Commands.countsRows(kind) ? row.rows() : Optional.empty();
            boolean sure = Commands.alwaysDestroys(kind);
            candidates.addAll(report(kind, row.object(), rows, text, record, session, sure));
        }
        if (!candidates.isEmpty()) {
            session.accept(
                    new Report(TextKey.of(text), row.statementId(), Context.isForeignKey(text), number(candidates, 0)));
        }
    }

    private void planned(Plan plan, LogRecord record) {
        SessionTrack session = sessions.of(record);
        Optional<String> function = Context.of(record.text(Part.CONTEXT)).function();
        int index = 0;
        for (Plan.Node node : plan.nodes()) {
            StatementKind kind = node.merge() ? StatementKind.MERGE_DELETE : StatementKind.DELETE;
            // a MERGE into a view names another table than its plan
            boolean sure = Commands.alwaysDestroys(kind)
                    || node.rows().filter(rows -> rows > 0).isPresent();
            List<Sighting> candidates = report(kind, node.table(), node.rows(), plan.sql(), record, session, sure);
            if (candidates.isEmpty()) {
                continue;
            }
            candidates.forEach(s -> s.within(function));
            session.accept(new Report(
                    TextKey.of(plan.sql()), "", Context.isForeignKey(plan.sql()), number(candidates, index)));
            index += candidates.size();
        }
    }

    private static List<Sighting> number(List<Sighting> sightings, int from) {
        for (int i = 0; i < sightings.size(); i++) {
            sightings.get(i).at(from + i);
        }
        return sightings;
    }

    /** {@return the acts of that kind in the text; where the text shows none, the act as it was reported if it is sure} */
    private static List<Sighting> report(
            StatementKind kind,
            String object,
            Optional<Long> rows,
            String text,
            LogRecord record,
            SessionTrack session,
            boolean sure) {
        DestructiveStatement reported = Destruction.of(kind, Destruction.object(object));
        List<Sighting> candidates = new ArrayList<>();
        for (DestructiveStatement statement : DestructiveStatements.in(text)) {
            if (Destruction.agree(statement, reported)) {
                candidates.add(
                        Sighting.of(statement, text, record, session.identity()).rows(rows));
            }
        }
        if (candidates.isEmpty() && sure) {
            candidates.add(
                    Sighting.of(reported, text, record, session.identity()).rows(rows));
        }
        return candidates;
    }
}
