package io.github.rowsleuth.logs;

import java.util.List;

/** Tells cheaply which texts the recogniser of destructive statements need not see: most of a log. */
final class Candidate {

    /** One of them is in every text that the recogniser reacts to; the last two can hide one in a literal. */
    private static final List<String> WORDS =
            List.of("delete", "truncate", "drop", "update", "merge", "alter", "conflict", "execute", "schedule");

    private Candidate() {}

    /** {@return whether the text can hold a destructive statement} */
    static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = (char) (text.charAt(i) | 0x20);
            if ("dtumaces".indexOf(letter) >= 0 && begins(text, i, letter)) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(String text, int at, char letter) {
        for (String word : WORDS) {
            if (word.charAt(0) == letter && text.regionMatches(true, at, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
