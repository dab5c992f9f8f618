package io.github.rowsleuth.git.code;

import java.util.List;

/**
 * What a lexer makes of a source.
 *
 * @param source the source
 * @param all its tokens
 * @param remarks its comments
 */
record Tokens(String source, List<Token> all, List<Remark> remarks) {

    Token get(int index) {
        return index >= 0 && index < all.size() ? all.get(index) : Token.NONE;
    }

    int size() {
        return all.size();
    }
}
