package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the destructive statements in records and follows how they ended. */
final class StatementTracker {

    private static final Pattern NESTED = Pattern.compile("SQL statement \"(.*?)\"(?=\\n|$)", Pattern.DOTALL);
    private static final Pattern CRASHED = Pattern.compile(
            "server process \\(PID (\\d+)\\) (was terminated by (?:signal|exception) .*|exited with .*)");
    private static final String RUNNING = "Failed process was running: ";

    private final SessionTable sessions = new SessionTable();
    private final Sightings sightings;
    private long number;
    private long errorsWithoutStatement;

    StatementTracker(Sightings sightings) {
        this.sightings = sightings;
    }

    void accept(LogRecord record) {
        switch (record.head().part()) {
            case LOG -> log(record);
            case ERROR -> error(record);
            case NOTE, STATEMENT -> mentioned(record);
            default -> {}
        }
    }

    private void log(LogRecord record) {
        if (sessions.follow(record) || crashed(record)) {
            return;
        }
        Optional<Sql> sql = Sql.of(record);
        if (sql.isPresent()) {
            Session session = sessions.of(record.head());
            switch (sql.get().kind()) {
                case STARTS -> run(sql.get().text(), record, session);
                case ENDED -> {
                    if (!sql.get().text().isEmpty()) {
                        run(sql.get().text(), record, session);
                    }
                    session.succeededLast();
                }
                case NEITHER -> {}
            }
        } else {
            mentioned(record);
        }
    }

    /** A statement that runs or ran: what it destroys, and what it does to its transaction, in the order of its text. */
    private void run(String text, LogRecord record, Session session) {
        session.begin(text);
        List<DestructiveStatement> found = destructive(text);
        int next = 0;
        for (Step step : Step.in(text)) {
            for (; next < found.size() && found.get(next).offset() < step.offset(); next++) {
                see(found.get(next), text, record, session);
            }
            session.step(step);
        }
        for (; next < found.size(); next++) {
            see(found.get(next), text, record, session);
        }
    }

    /** {@return what the text destroys when it runs, not what it only defines} */
    private static List<DestructiveStatement> destructive(String text) {
        if (!Candidate.isIn(text)) {
            return List.of();
        }
        return DestructiveStatements.in(text).stream()
                .filter(s -> !s.deferred())
                .toList();
    }

    private Sighting see(DestructiveStatement statement, String text, LogRecord record, Session session) {
        String shown = text.length() <= Excerpt.MAX_LENGTH ? text : text.substring(statement.offset());
        Sighting sighting = new Sighting(++number, statement, Excerpt.ofSql(limited(shown)), record, session);
        session.add(sighting);
        sightings.add(sighting);
        return sighting;
    }

    private static String limited(String text) {
        return text.substring(0, Math.min(text.length(), 4 * Excerpt.MAX_LENGTH));
    }

    private void error(LogRecord record) {
        Session session = sessions.of(record.head());
        String text = record.text(Part.STATEMENT).strip();
        Optional<ErrorForm> form = ErrorForm.of(record.message());
        String state =
                record.sqlState().isEmpty() ? form.map(ErrorForm::sqlState).orElse("") : record.sqlState();
        Optional<String> message = form.map(f -> ErrorForm.redact(record.message()));
        if (text.isEmpty()) {
            errorsWithoutStatement += record.head().word().equals("ERROR") ? 1 : 0;
        } else if (session.isLast(text)) {
            session.failedLast(state, message);
        } else {
            failed(text, record, session, state, message);
        }
        nested(record, text).forEach(inner -> failed(inner, record, session, state, message));
        session.failed();
        if (!record.head().word().equals("ERROR")) {
            session.closed(); // FATAL and PANIC end the session
        }
    }

    private void failed(String text, LogRecord record, Session session, String state, Optional<String> message) {
        session.begin(text);
        for (DestructiveStatement statement : destructive(text)) {
            see(statement, text, record, session).fails(state, message);
        }
    }

    /** {@return the statements that a function or a cascade ran, from the context of the error} */
    private static List<String> nested(LogRecord record, String outer) {
        List<String> inner = new ArrayList<>();
        Matcher statement = NESTED.matcher(record.text(Part.CONTEXT));
        while (statement.find()) {
            if (!statement.group(1).strip().equals(outer)) {
                inner.add(statement.group(1));
            }
        }
        return inner;
    }

    /** A record of another kind that holds the running statement, such as that of a temporary file. */
    private void mentioned(LogRecord record) {
        String text = record.text(Part.STATEMENT).strip();
        Session session = text.isEmpty() ? null : sessions.of(record.head());
        if (session == null || session.isLast(text)) {
            return;
        }
        session.begin(text);
        destructive(text).forEach(statement -> see(statement, text, record, session));
    }

    private boolean crashed(LogRecord record) {
        Matcher crash = CRASHED.matcher(record.message());
        if (!crash.matches()) {
            return false;
        }
        String detail = record.text(Part.DETAIL);
        if (detail.startsWith(RUNNING)) {
            String text = detail.substring(RUNNING.length()).strip();
            Session session = sessions.ofProcess(crash.group(1), record.head());
            session.learn('p', crash.group(1));
            if (!session.isLast(text)) {
                session.begin(text);
                destructive(text).forEach(statement -> see(statement, text, record, session));
            }
            session.last().forEach(Sighting::crashes);
        }
        return true;
    }

    /** {@return the errors of which the log does not hold the statement} */
    long errorsWithoutStatement() {
        return errorsWithoutStatement;
    }
}
