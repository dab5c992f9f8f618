package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;

/**
 * Watches for {@code COPY … FROM stdin;}: the lines that follow are data up to a line with {@code \.}. Of several statements
 * that are sent together the data follow after the last one, those of the first first.
 */
final class CopyWatch {

    private enum State {
        START,
        OTHER,
        COPY,
        FROM,
        STDIN
    }

    private State state = State.START;
    private int waiting;
    private int data;

    void see(Token token, String text) {
        if (token.symbol(";")) {
            waiting += state == State.STDIN ? 1 : 0;
            state = State.START;
            if (text.charAt(token.start()) == ';') {
                data += waiting;
                waiting = 0;
            }
        } else if (token.is(Kind.META)) {
            if (token.text().equals("copy")) {
                String line = Chars.fold(text, token.start(), token.end());
                data += line.contains(" from stdin") || line.contains(" from pstdin") ? 1 : 0;
            }
        } else {
            state = after(token);
        }
    }

    private State after(Token token) {
        return switch (state) {
            case START -> token.word("copy") ? State.COPY : State.OTHER;
            case OTHER -> State.OTHER;
            case COPY -> token.word("from") ? State.FROM : State.COPY;
            case FROM -> token.word("stdin") ? State.STDIN : State.COPY;
            case STDIN -> State.STDIN;
        };
    }

    /** Whether the next line is data. */
    boolean dataFollows() {
        return data > 0;
    }

    /** Where the text goes on after the data that begins at {@code from}; data without an end takes all the rest. */
    int skip(String text, int from, int to) {
        int line = from;
        while (line < to) {
            int end = Chars.lineEnd(text, line, to);
            boolean terminator = text.charAt(line) == '\\' && Chars.at(text, line + 1, to) == '.';
            if (terminator && (end == line + 2 || (end == line + 3 && text.charAt(line + 2) == '\r'))) {
                data--;
                if (data == 0) {
                    return end;
                }
            }
            line = end + 1;
        }
        data = 0;
        return to;
    }
}
