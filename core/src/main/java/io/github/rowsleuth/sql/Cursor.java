package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;
import java.util.List;

/** A place in the tokens of one statement. Past the end stands a token of kind {@link Kind#END}, as often as asked. */
final class Cursor {

    private final Source source;
    private final List<Token> tokens;
    private final int limit;
    private final Token end;
    private int pos;

    Cursor(Source source, List<Token> tokens, int from, int limit) {
        this.source = source;
        this.tokens = tokens;
        this.pos = from;
        this.limit = limit;
        this.end = new Token(Kind.END, source.to(), source.to(), "");
    }

    Source source() {
        return source;
    }

    int pos() {
        return pos;
    }

    void moveTo(int to) {
        pos = Math.min(to, limit);
    }

    void advance() {
        advance(1);
    }

    void advance(int by) {
        moveTo(pos + by);
    }

    void toEnd() {
        pos = limit;
    }

    boolean atEnd() {
        return pos >= limit;
    }

    Token peek() {
        return peek(0);
    }

    /** The token that many places on, which may be behind. */
    Token peek(int by) {
        int at = pos + by;
        return at >= 0 && at < limit ? tokens.get(at) : end;
    }

    boolean at(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).word(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Steps over the words if all of them stand here in that order. */
    boolean accept(String... words) {
        boolean here = at(words);
        if (here) {
            advance(words.length);
        }
        return here;
    }

    boolean acceptSymbol(String symbol) {
        boolean here = peek().symbol(symbol);
        if (here) {
            advance();
        }
        return here;
    }

    /** Steps from an opening parenthesis past the closing one. */
    void skipParentheses() {
        int depth = 0;
        while (!atEnd()) {
            Token token = peek();
            advance();
            if (token.symbol("(")) {
                depth++;
            } else if (token.symbol(")") && --depth <= 0) {
                return;
            }
        }
    }
}
