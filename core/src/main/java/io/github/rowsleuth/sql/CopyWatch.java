package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;

/** Watches for {@code COPY … FROM stdin;}: the lines that follow are data up to a line with {@code \.}. */
final class CopyWatch {

    private enum State {
        START,
        OTHER,
        COPY,
        FROM,
        STDIN
    }

    private State state = State.START;
    private boolean data;

    void see(Token token, String text) {
        if (token.symbol(";")) {
            data |= state == State.STDIN;
            state = State.START;
        } else if (token.is(Kind.META)) {
            if (token.text().equals("copy")) {
                String line = Chars.fold(text, token.start(), token.end());
                data |= line.contains(" from stdin") || line.contains(" from pstdin");
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
        return data;
    }

    /** Where the text goes on after the data that begins at {@code from}; data without an end takes all the rest. */
    int skip(String text, int from, int to) {
        data = false;
        int line = from;
        while (line < to) {
            int end = Chars.lineEnd(text, line, to);
            boolean terminator = text.charAt(line) == '\\' && Chars.at(text, line + 1, to) == '.';
            if (terminator && (end == line + 2 || (end == line + 3 && text.charAt(line + 2) == '\r'))) {
                return end;
            }
            line = end + 1;
        }
        return to;
    }
}
