package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.code.Block.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells from the words before a block what sort of block it is. */
final class Heads {

    private static final Set<String> MODIFIERS = Set.of(
            "public",
            "private",
            "protected",
            "internal",
            "static",
            "final",
            "async",
            "export",
            "default",
            "abstract",
            "override",
            "suspend",
            "open",
            "virtual",
            "sealed",
            "partial",
            "inline",
            "readonly",
            "pub",
            "await",
            "defer",
            "unsafe",
            "get",
            "set",
            "new",
            "data",
            "synchronized");
    private static final Set<String> CLASSES = Set.of(
            "class",
            "interface",
            "struct",
            "enum",
            "object",
            "trait",
            "impl",
            "module",
            "namespace",
            "record",
            "defmodule");
    private static final Set<String> FUNCTIONS =
            Set.of("function", "func", "fun", "fn", "def", "defp", "defmacro", "sub");
    private static final Set<String> LOOPS = Set.of("for", "while", "foreach", "loop", "do", "until", "repeat");
    private static final Set<String> FAILURES = Set.of("catch", "rescue", "except");
    private static final Pattern ERROR_OF_GO = Pattern.compile("\\berr\\w*\\s*!=\\s*nil");

    private Heads() {}

    /** What a block is. */
    record Head(Kind kind, String name, String condition) {}

    /**
     * Reads the words before a block.
     *
     * @param words the tokens of the head
     * @param source the source
     * @param given the name that the block is assigned to, or the call that it is given to
     */
    static Head of(List<Token> words, String source, String given) {
        List<Token> head = withoutModifiers(words);
        Token first = head.isEmpty() ? Token.NONE : head.get(0);
        String word = first.text();
        boolean elseIf = word.equals("else") && head.size() > 1 && head.get(1).word("if");
        if (word.equals("if")
                || word.equals("elif")
                || word.equals("elsif")
                || word.equals("unless")
                || word.equals("elseif")
                || elseIf) {
            String condition = text(head.subList(elseIf ? 2 : 1, head.size()), source);
            boolean failure = ERROR_OF_GO.matcher(condition).find();
            return new Head(
                    failure ? Kind.FAILURE : Kind.BRANCH,
                    "",
                    word.equals("unless") ? "not (" + condition + ")" : condition);
        }
        if (word.equals("else")) {
            return new Head(Kind.ELSE, "", "");
        }
        if (FAILURES.contains(word)) {
            return new Head(Kind.FAILURE, "", "");
        }
        int type = indexOf(head, CLASSES);
        if (type >= 0 && indexOf(head, FUNCTIONS) < 0) {
            return new Head(
                    Kind.CLASS, type + 1 < head.size() ? head.get(type + 1).text() : "", "");
        }
        if (LOOPS.contains(word)) {
            return new Head(Kind.LOOP, "", text(head, source));
        }
        return function(head, given);
    }

    private static Head function(List<Token> head, String given) {
        int keyword = indexOf(head, FUNCTIONS);
        boolean arrow = head.stream().anyMatch(t -> t.symbol("=>") || t.symbol("->"));
        if (keyword >= 0) {
            return new Head(Kind.FUNCTION, nameAfter(head, keyword, given), "");
        }
        if (arrow) {
            return new Head(Kind.FUNCTION, lastName(given), "");
        }
        for (int i = 0; i + 1 < head.size(); i++) {
            if (head.get(i).is(Token.Kind.WORD) && head.get(i + 1).symbol("(")) {
                boolean method = i == 0
                        || !(head.get(i - 1).symbol(".") || head.get(i - 1).symbol("="));
                return new Head(
                        method ? Kind.FUNCTION : Kind.OTHER,
                        method ? head.get(i).text() : "",
                        "");
            }
        }
        return new Head(Kind.OTHER, "", "");
    }

    /** The name behind the word; in Go a receiver in parentheses stands between. */
    private static String nameAfter(List<Token> head, int keyword, String given) {
        int at = keyword + 1;
        if (at < head.size() && head.get(at).symbol("(")) {
            int close = at;
            while (close < head.size() && !head.get(close).symbol(")")) {
                close++;
            }
            at = close + 1;
        }
        boolean self = at + 2 < head.size()
                && head.get(at).word("self")
                && head.get(at + 1).symbol(".");
        at += self ? 2 : 0;
        return at < head.size() && head.get(at).is(Token.Kind.WORD)
                ? head.get(at).text()
                : lastName(given);
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static List<Token> withoutModifiers(List<Token> words) {
        int from = 0;
        while (from < words.size()
                && (words.get(from).is(Token.Kind.NEWLINE)
                        || MODIFIERS.contains(words.get(from).text()))) {
            from++;
        }
        return words.subList(from, words.size());
    }

    private static int indexOf(List<Token> head, Set<String> wanted) {
        int depth = 0;
        for (int i = 0; i < head.size(); i++) {
            Token token = head.get(i);
            depth += token.symbol("(") ? 1 : token.symbol(")") ? -1 : 0;
            if (depth == 0 && token.is(Token.Kind.WORD) && wanted.contains(token.text())) {
                return i;
            }
        }
        return -1;
    }

    /** The words as they stand, a pair of parentheses around all of them left out. */
    static String text(List<Token> words, String source) {
        if (words.isEmpty()) {
            return "";
        }
        int start = words.get(0).start();
        int end = words.get(words.size() - 1).end();
        String text = source.substring(start, Math.max(start, Math.min(end, start + 600)))
                .strip();
        return text.replace('\n', ' ');
    }
}
