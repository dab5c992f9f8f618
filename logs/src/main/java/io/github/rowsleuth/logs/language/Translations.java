package io.github.rowsleuth.logs.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Turns messages of PostgreSQL into English: those that matter for a loss, from the eleven catalogs of its release 15.
 * Later stages therefore know one language only. A message that is not known stays as it is.
 */
public final class Translations {

    private static final String AT_CHARACTER = " at character {0}";
    private static final String TRANSACTION = "transaction {0}";
    private static final int MAX_LINES = 40;
    private static final int MAX_WORDS = 6;

    /** So far into a message its language shows. */
    private static final int LONGEST = 400;

    /** By the first word of the translation, in lower case; those that begin with a value under the empty word. */
    private static final Map<String, List<Template>> BY_FIRST_WORD = new HashMap<>();

    private static final List<Template> POSITIONS = new ArrayList<>();
    private static final List<Template> TRANSACTIONS = new ArrayList<>();
    private static final Map<String, String> FIXED = new HashMap<>();

    static {
        for (List<String> row : Table.rows("messages.tsv")) {
            String english = row.get(0);
            for (String text : row.subList(1, row.size())) {
                if (!text.isEmpty()) {
                    add(english, text);
                } else if (english.contains(" on {")) {
                    add(english, english); // the catalog translates the value, not the message
                }
            }
        }
    }

    private Translations() {}

    private static void add(String english, String text) {
        Template template = new Template(text, english);
        switch (english) {
            case AT_CHARACTER -> POSITIONS.add(template);
            case TRANSACTION -> TRANSACTIONS.add(template);
            case "[unknown]" -> FIXED.put(text, english);
            default ->
                BY_FIRST_WORD
                        .computeIfAbsent(firstWord(text), w -> new ArrayList<>())
                        .add(template);
        }
    }

    /** {@return the first word, in lower case; empty if the text begins with a value} */
    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        boolean whole = end < text.length() && text.charAt(end) != '{' && end > 0;
        return whole || end == text.length() ? text.substring(0, end).toLowerCase(Locale.ROOT) : "";
    }

    /** {@return the message in English if it is a translation that is known, else the message} */
    public static String english(String message) {
        boolean foreign = isForeign(message);
        if (!foreign && !BY_FIRST_WORD.containsKey(firstWord(message))) {
            return message; // nearly every message: it is in English already
        }
        return whole(message).or(() -> withoutPosition(message)).orElseGet(() -> byLine(message));
    }

    private static boolean isForeign(String message) {
        for (int i = 0; i < Math.min(message.length(), LONGEST); i++) {
            if (message.charAt(i) > 127) {
                return true;
            }
        }
        return false;
    }

    /** {@return a field of the prefix in English: names that are not known have a word of their own} */
    public static String field(String value) {
        return FIXED.getOrDefault(value, value);
    }

    private static Optional<String> whole(String message) {
        List<Template> candidates = BY_FIRST_WORD.getOrDefault(firstWord(message), List.of());
        Optional<String> found = best(candidates, message);
        return found.isPresent() || !isForeign(message)
                ? found
                : best(BY_FIRST_WORD.getOrDefault("", List.of()), message);
    }

    private static Optional<String> best(List<Template> templates, String message) {
        Template best = null;
        for (Template template : templates) {
            if ((best == null || template.fixedLength() > best.fixedLength()) && template.matches(message)) {
                best = template;
            }
        }
        return best == null ? Optional.empty() : Optional.of(best.english(message, Translations::argument));
    }

    private static String argument(String value) {
        for (Template template : TRANSACTIONS) {
            if (template.matches(value)) {
                return template.english(value, v -> v);
            }
        }
        return value;
    }

    /** An error of the parser ends with the place, which is translated by itself. */
    private static Optional<String> withoutPosition(String message) {
        for (Template position : POSITIONS) {
            int at = message.length();
            for (int i = 0; i < MAX_WORDS && at > 0; i++) {
                at = message.lastIndexOf(position.begin(), at - 1);
                Optional<String> begin = at <= 0 || !position.matches(message.substring(at))
                        ? Optional.empty()
                        : whole(message.substring(0, at));
                if (begin.isPresent()) {
                    return Optional.of(begin.get() + position.english(message.substring(at), v -> v));
                }
            }
        }
        return Optional.empty();
    }

    /** Reports of several lines are translated line by line; a quoted statement can go on over some of them. */
    private static String byLine(String message) {
        if (message.indexOf('\n') < 0) {
            return message;
        }
        String[] lines = message.split("\n", -1);
        List<String> translated = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            int last = i;
            Optional<String> english = whole(lines[i]);
            StringBuilder longer = new StringBuilder(lines[i]);
            while (english.isEmpty() && begins(lines[i]) && last + 1 < lines.length && last - i < MAX_LINES) {
                last++;
                english = whole(longer.append('\n').append(lines[last]).toString());
            }
            if (i == 0 && english.isEmpty()) {
                return message;
            }
            translated.add(english.orElse(lines[i]));
            i = english.isPresent() ? last : i;
        }
        return String.join("\n", translated);
    }

    private static boolean begins(String line) {
        return BY_FIRST_WORD.getOrDefault(firstWord(line), List.of()).stream()
                .anyMatch(template -> line.startsWith(template.begin()));
    }
}
