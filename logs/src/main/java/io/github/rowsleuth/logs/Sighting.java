package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.StatementEnd;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.util.Optional;

/** A destructive statement that a log showed; how it ended comes later in the log. */
final class Sighting {

    /** How it ended. */
    enum End {
        /** Not known yet. */
        OPEN(StatementEnd.UNKNOWN),
        /** It ended without an error, outside of any block that the log shows. */
        SUCCEEDED(StatementEnd.UNKNOWN),
        /** The log can not tell. */
        DOUBTFUL(StatementEnd.UNKNOWN),
        /** Its block was committed. */
        COMMITTED(StatementEnd.COMMITTED),
        /** Its block was rolled back, or the session ended in it. */
        ROLLED_BACK(StatementEnd.ROLLED_BACK),
        /** It raised an error. */
        FAILED(StatementEnd.FAILED);

        private final StatementEnd statementEnd;

        End(StatementEnd statementEnd) {
            this.statementEnd = statementEnd;
        }
    }

    private final long number;
    private final DestructiveStatement statement;
    private final Excerpt text;
    private final LogRecord.Place place;
    private final Session session;
    private final ObservedStatement.Builder who;
    private End end = End.OPEN;
    private String sqlState = "";
    private Optional<String> message = Optional.empty();

    Sighting(long number, DestructiveStatement statement, Excerpt text, LogRecord record, Session session) {
        this.number = number;
        Head head = record.head();
        this.statement = statement;
        this.text = text;
        this.place = record.place();
        this.session = session;
        this.who = ObservedStatement.builder()
                .user(session.fact(head, 'u'))
                .database(session.fact(head, 'd'))
                .application(session.fact(head, 'a'))
                .client(session.fact(head, 'h').or(() -> session.fact(head, 'r').map(Sighting::withoutPort)))
                .pid(session.learned('p').or(() -> head.field('p')).flatMap(Sighting::number))
                .session(head.field('c'))
                .transaction(head.field('x').flatMap(Sighting::number).filter(x -> x > 0));
    }

    private static String withoutPort(String remote) {
        int paren = remote.indexOf('(');
        return paren > 0 ? remote.substring(0, paren) : remote;
    }

    private static Optional<Long> number(String digits) {
        try {
            return Optional.of(Long.valueOf(digits));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    void endsIfOpen(End how) {
        if (end == End.OPEN || end == End.SUCCEEDED) {
            end = how;
        }
    }

    void succeed() {
        if (end == End.OPEN) {
            end = End.SUCCEEDED;
        }
    }

    void doubt() {
        if (end == End.OPEN || end == End.SUCCEEDED) {
            end = End.DOUBTFUL;
        }
    }

    void undo() {
        if (end == End.COMMITTED) {
            end = End.ROLLED_BACK;
        }
    }

    /** Its server process died while it ran: recovery undoes what was not committed. */
    void crashes() {
        endsIfOpen(End.ROLLED_BACK);
    }

    void fails(String state, Optional<String> why) {
        end = End.FAILED;
        sqlState = state;
        message = why;
    }

    /** {@return its place in the order of the log} */
    long number() {
        return number;
    }

    End end() {
        return end;
    }

    DestructiveStatement statement() {
        return statement;
    }

    LogRecord.Place place() {
        return place;
    }

    Moment moment() {
        return place.moment();
    }

    Excerpt text() {
        return text;
    }

    long session() {
        return session.number();
    }

    /**
     * {@return a builder with everything but the evidence}
     *
     * @param showsTransactions whether the log shows where transactions begin: then a statement that succeeded outside
     *     of any of them was committed
     */
    ObservedStatement.Builder observed(boolean showsTransactions) {
        return who.statement(statement)
                .text(text)
                .moment(moment())
                .end(end == End.SUCCEEDED && showsTransactions ? StatementEnd.COMMITTED : end.statementEnd)
                .sqlState(Optional.of(sqlState).filter(s -> !s.isEmpty()))
                .message(message);
    }
}
