package io.github.rowsleuth.logs.pass;

import io.github.rowsleuth.logs.event.SessionTable;
import io.github.rowsleuth.logs.horizon.Horizon;
import io.github.rowsleuth.logs.horizon.Signs;
import io.github.rowsleuth.logs.time.StampReader;
import java.util.List;
import java.util.stream.Stream;

/**
 * The message of a {@code LOG} record, as bytes: whether it says nothing that anybody needs. Mirrors what {@code Sql},
 * {@code TextShape} and {@code Harmless} say of whole records; what it is not sure of is left to them.
 */
final class Message {

    private enum Kind {
        /** Something else. */
        OTHER,
        /** A statement that was only parsed or bound, or that goes on. */
        NEITHER,
        /** Only how long something took. */
        DURATION,
        /** A session began or ended. */
        SESSION,
        /** A statement. */
        STATEMENT
    }

    /** Frequent messages that no setting changes with. */
    private static final List<Phrase> ORDINARY = Stream.of(
                    "checkpoint",
                    "restartpoint",
                    "automatic ",
                    "temporary ",
                    "process ",
                    "AUDIT: ",
                    "connection ",
                    "duration: ",
                    "statement: ",
                    "execute ",
                    "could not ",
                    "unexpected ",
                    "incomplete ",
                    "archived ")
            .map(Phrase::of)
            .toList();

    private static final Phrase DURATION = Phrase.of("duration: ");
    private static final Phrase MILLISECONDS = Phrase.of(" ms");
    private static final Phrase STATEMENT = Phrase.of("statement: ");
    private static final Phrase EXECUTE = Phrase.of("execute ");
    private static final Phrase FETCH = Phrase.of("fetch from ");
    private static final Phrase PARSE = Phrase.of("parse ");
    private static final Phrase BIND = Phrase.of("bind ");
    private static final Phrase DISCONNECTION = Phrase.of("disconnection: ");
    private static final Phrase CONNECTION = Phrase.of("connection ");
    private static final Phrase RECEIVED = Phrase.of("received: host=");
    private static final Phrase AUTHORIZED = Phrase.of("authorized: ");

    private final FirstWord word = new FirstWord();
    private Kind kind = Kind.OTHER;
    private boolean ended;
    private boolean fast;
    private boolean ordinary;
    private int body;

    void read(byte[] b, int from, int to) {
        kind = Kind.OTHER;
        ended = false;
        ordinary = false;
        body = from;
        int at = from;
        if (DURATION.isAt(b, at, to)) {
            ended = true;
            at = duration(b, at + 10, to);
            if (at == to) {
                kind = Kind.DURATION;
                return;
            }
        }
        statement(b, at, to);
        if (kind == Kind.OTHER && at == from && isSession(b, from, to)) {
            kind = Kind.SESSION;
        }
        if (kind == Kind.OTHER) {
            ordinary = isOrdinary(b, from, to);
        }
    }

    /** {@return past {@code N.NNN ms} and the blanks after it, -1 if that is not there} */
    private int duration(byte[] b, int from, int to) {
        int at = from;
        while (at < to && StampReader.isDigit(b[at])) {
            at++;
        }
        fast = at == from + 1 && b[from] == '0';
        if (at == from || at - from > 12 || at + 7 > to || b[at] != '.' || !MILLISECONDS.isAt(b, at + 4, to)) {
            return -1;
        }
        at += 7;
        while (at < to && b[at] == ' ') {
            at++;
        }
        return at;
    }

    private void statement(byte[] b, int at, int to) {
        if (at < 0 || at >= to) {
            return;
        }
        if (STATEMENT.isAt(b, at, to)) {
            body = at + 11;
            kind = Kind.STATEMENT;
        } else if (EXECUTE.isAt(b, at, to)) {
            body = colon(b, at, to);
            boolean goesOn = FETCH.isAt(b, at + 8, to);
            kind = body < 0 ? Kind.OTHER : goesOn ? Kind.NEITHER : Kind.STATEMENT;
        } else if (ended && (PARSE.isAt(b, at, to) || BIND.isAt(b, at, to))) {
            body = colon(b, at, to);
            kind = body < 0 ? Kind.OTHER : Kind.NEITHER;
        }
    }

    private static int colon(byte[] b, int from, int to) {
        for (int i = from; i + 1 < to; i++) {
            if (b[i] == ':' && b[i + 1] == ' ') {
                return i + 2;
            }
        }
        return -1;
    }

    private static boolean isSession(byte[] b, int from, int to) {
        return DISCONNECTION.isAt(b, from, to)
                || (CONNECTION.isAt(b, from, to)
                        && (RECEIVED.isAt(b, from + 11, to) || AUTHORIZED.isAt(b, from + 11, to)));
    }

    private static boolean isOrdinary(byte[] b, int from, int to) {
        for (Phrase begin : ORDINARY) {
            if (begin.isAt(b, from, to)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether it may be passed over, as far as its first line tells} */
    boolean canPass() {
        return kind != Kind.OTHER;
    }

    /** {@return whether it is a message that no setting changes with} */
    boolean isOrdinary() {
        return ordinary;
    }

    /** {@return whether it only tells how long something took} */
    boolean isDuration() {
        return kind == Kind.DURATION;
    }

    /** {@return whether a session began or ended} */
    boolean isSession() {
        return kind == Kind.SESSION;
    }

    /** {@return where the statement begins, or the message of a session} */
    int body() {
        return body;
    }

    /**
     * {@return whether the whole message can be passed over}
     *
     * @param b the bytes
     * @param end where the record ends
     * @param lines how many lines it has
     * @param single whether it holds one statement only
     * @param known the signs that are known already
     */
    boolean isHarmless(byte[] b, int end, int lines, boolean single, int known) {
        if (kind != Kind.STATEMENT) {
            return kind == Kind.NEITHER || lines == 1;
        }
        word.read(b, body, end);
        if (!single || !word.isKnown()) {
            return false;
        }
        boolean decided = ended || (known & Signs.ANY_STARTS) != 0;
        return switch (word.kind()) {
            case QUERY -> decided; // before that, SELECT … INTO makes a difference
            case INSERT -> !Texts.holdsKeyword(b, word.end(), end, false);
            case UPDATE -> Texts.picksRows(b, word.end(), end);
            case BEGIN, COMMIT, ROLLBACK -> word.isAlone(b, body, end);
            case STEP -> false;
            case OTHER -> (decided || word.startSign() != Signs.ANY_STARTS) && !Texts.holdsKeyword(b, body, end, true);
        };
    }

    /** Tells the session and the horizon what there is to tell. */
    void tell(long process, SessionTable sessions, Horizon horizon) {
        if (kind != Kind.STATEMENT) {
            return;
        }
        int signs = signs();
        if ((signs & ~horizon.known()) != 0) {
            horizon.sign(signs);
        }
        switch (word.kind()) {
            case BEGIN -> sessions.begin(process, word.hash(), word.length(), ended);
            case COMMIT -> sessions.commit(process, word.hash(), word.length(), ended);
            case ROLLBACK -> sessions.rollback(process, word.hash(), word.length(), ended);
            default -> {
                if (!sessions.isIdle(process)) {
                    sessions.idle(process);
                }
            }
        }
    }

    private int signs() {
        int signs = Signs.TEXTS
                | switch (word.kind()) {
                    case BEGIN, COMMIT -> Signs.TRANSACTIONS;
                    default -> 0;
                };
        if (ended) {
            return signs | Signs.ENDED | (fast ? Signs.FAST_ENDED : 0);
        }
        return signs | word.startSign();
    }
}
