package io.github.rowsleuth.logs.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One statement of a text that may hold several, as far as transactions are concerned.
 *
 * @param kind what it does to the transaction
 * @param offset where it begins in the text
 * @param word its first word, in lower case
 * @param name the savepoint that it names, empty for other kinds
 */
record Step(Kind kind, int offset, String word, String name) implements RunItem {

    /** What a statement does to its transaction. */
    enum Kind {
        /** Nothing. */
        OTHER,
        /** Opens a block. */
        BEGIN,
        /** Ends a block for good. */
        COMMIT,
        /** Ends a block and undoes it. */
        ROLLBACK,
        /** Ends a block that another session may finish: {@code PREPARE TRANSACTION}. */
        HAND_OVER,
        /** Sets a savepoint. */
        SAVEPOINT,
        /** Forgets a savepoint. */
        RELEASE,
        /** Goes back to a savepoint. */
        ROLLBACK_TO,
        /** Names a statement without running it: {@code PREPARE name AS}. */
        PREPARE
    }

    private static final int MAX_STEPS = 10_000;

    /** {@return whether it does anything to its transaction} */
    boolean matters() {
        return kind != Kind.OTHER && kind != Kind.PREPARE;
    }

    /** {@return whether no block is open after it, whatever was before} */
    boolean decides() {
        return kind == Kind.COMMIT || kind == Kind.ROLLBACK || kind == Kind.HAND_OVER;
    }

    /** {@return the statements of a text in its order; empty ones left out} */
    static List<Step> in(String text) {
        List<Step> steps = new ArrayList<>();
        SqlSkipper skipper = new SqlSkipper(text);
        while (steps.size() < MAX_STEPS) {
            int offset = skipper.nextWord();
            if (offset < 0) {
                break;
            }
            List<String> words = new ArrayList<>();
            while (skipper.atWord() && words.size() < 5) {
                words.add(skipper.word().toLowerCase(Locale.ROOT));
                skipper.blanks();
            }
            steps.add(of(offset, words));
            skipper.statementEnd();
        }
        return steps;
    }

    private static Step of(int offset, List<String> words) {
        String first = words.isEmpty() ? "" : words.get(0);
        String second = words.size() > 1 ? words.get(1) : "";
        return switch (first) {
            case "begin" -> new Step(Kind.BEGIN, offset, first, "");
            case "start" -> new Step(second.equals("transaction") ? Kind.BEGIN : Kind.OTHER, offset, first, "");
            case "commit", "end" -> new Step(second.equals("prepared") ? Kind.OTHER : Kind.COMMIT, offset, first, "");
            case "rollback", "abort" -> rollback(offset, first, words);
            case "savepoint" -> new Step(Kind.SAVEPOINT, offset, first, second);
            case "release" -> new Step(Kind.RELEASE, offset, first, released(words));
            case "prepare" -> new Step(second.equals("transaction") ? Kind.HAND_OVER : Kind.PREPARE, offset, first, "");
            default -> new Step(Kind.OTHER, offset, first, "");
        };
    }

    private static String released(List<String> words) {
        int name = words.size() > 1 && words.get(1).equals("savepoint") ? 2 : 1;
        return name < words.size() ? words.get(name) : "";
    }

    private static Step rollback(int offset, String first, List<String> words) {
        int to = words.indexOf("to");
        if (to < 0) {
            return new Step(words.contains("prepared") ? Kind.OTHER : Kind.ROLLBACK, offset, first, "");
        }
        int name = to + 1 < words.size() && words.get(to + 1).equals("savepoint") ? to + 2 : to + 1;
        return new Step(Kind.ROLLBACK_TO, offset, first, name < words.size() ? words.get(name) : "");
    }
}
