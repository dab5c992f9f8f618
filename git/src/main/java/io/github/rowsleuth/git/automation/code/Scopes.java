package io.github.rowsleuth.git.automation.code;

import io.github.rowsleuth.git.automation.code.CodeFile.Place;
import io.github.rowsleuth.git.automation.code.CodeFile.Test;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which function, tests and dead ends each token of a program stands in. */
final class Scopes {

    /** Tests that speak of where a program runs, how it was called or what a person answered; others say nothing. */
    private static final Pattern TELLING = Pattern.compile(
            "(?i)env|prod|debug|stag|setting|config|argv|args|confirm|force|dry|flag|enable|input|prompt|answer|host"
                    + "|url|test|seed|reset|local|mode|master|leader|ci\\b");

    private static final int MAX_TEXT = 160;

    /**
     * A function as its block is found.
     *
     * @param token where its keyword or name stands
     * @param firstToken where its decorators begin
     */
    record Found(String name, int token, int line, int lastLine, int firstToken) {}

    private final Place[] places;
    private final List<Found> functions = new ArrayList<>();
    private final Map<Place, Place> known = new HashMap<>();

    Scopes(int tokens) {
        places = new Place[tokens];
    }

    void mark(int token, Place place) {
        places[token] = known.computeIfAbsent(place, p -> p);
    }

    Place at(int token) {
        return places[token];
    }

    List<Found> functions() {
        return functions;
    }

    /** A test worth telling; of any other, nothing. */
    static Optional<Test> telling(List<CodeToken> tokens, int from, int to, boolean negated) {
        String text = text(tokens, from, to);
        return TELLING.matcher(text).find()
                ? Optional.of(new Test(
                        negated ? "not: " + text : text, tokens.get(from).line()))
                : Optional.empty();
    }

    /** The source of tokens, more or less as it was written. */
    static String text(List<CodeToken> tokens, int from, int to) {
        StringBuilder text = new StringBuilder();
        CodeToken before = null;
        for (int i = from; i < to && text.length() < MAX_TEXT; i++) {
            CodeToken token = tokens.get(i);
            if (token.kind() == CodeToken.Kind.LINE_END) {
                continue;
            }
            boolean words = before != null && apart(before, token);
            text.append(words ? " " : "");
            text.append(token.kind() == CodeToken.Kind.STRING ? "'" + token.text() + "'" : token.text());
            before = token;
        }
        return text.length() <= MAX_TEXT ? text.toString() : text.substring(0, MAX_TEXT) + "…";
    }

    private static boolean apart(CodeToken before, CodeToken token) {
        if (before.kind() != CodeToken.Kind.SIGN && token.kind() != CodeToken.Kind.SIGN) {
            return true;
        }
        boolean operatorBefore = before.kind() == CodeToken.Kind.SIGN && "=!<>&|+".contains(before.text());
        boolean operatorNow = token.kind() == CodeToken.Kind.SIGN && "=!<>&|+".contains(token.text());
        return operatorBefore != operatorNow && !(before.is('!') && !operatorNow);
    }
}
