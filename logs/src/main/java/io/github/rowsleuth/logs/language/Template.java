package io.github.rowsleuth.logs.language;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A message with places for values, and what it is in English. */
final class Template {

    private final Pieces foreign;
    private final Pieces english;

    /**
     * A message cut at its values.
     *
     * @param texts what stands between them, one more than values
     * @param values their numbers
     */
    private record Pieces(List<String> texts, List<Integer> values) {

        static Pieces of(String text) {
            List<String> texts = new ArrayList<>();
            List<Integer> values = new ArrayList<>();
            int from = 0;
            for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
                int close = text.indexOf('}', open);
                texts.add(text.substring(from, open));
                values.add(Integer.valueOf(text.substring(open + 1, close)));
                from = close + 1;
            }
            texts.add(text.substring(from));
            return new Pieces(texts, values);
        }
    }

    /**
     * Makes a template.
     *
     * @param foreign the translation; a value stands as {@code {0}}
     * @param english the English message, with the same values
     */
    Template(String foreign, String english) {
        this.foreign = Pieces.of(foreign);
        this.english = Pieces.of(english);
    }

    /** {@return the length of what is not a value} */
    int fixedLength() {
        return foreign.texts.stream().mapToInt(String::length).sum();
    }

    /** {@return how it begins} */
    String begin() {
        return foreign.texts.get(0);
    }

    boolean matches(String message) {
        return values(message) != null;
    }

    /** {@return the values by their numbers, null if the message is another one} */
    private @Nullable List<String> values(String message) {
        if (!message.startsWith(begin())) {
            return null;
        }
        List<String> values = new ArrayList<>();
        int at = begin().length();
        for (int i = 0; i < foreign.values.size(); i++) {
            String next = foreign.texts.get(i + 1);
            boolean last = i + 1 == foreign.values.size();
            int end = last ? message.length() - next.length() : message.indexOf(next, at + 1);
            if (end < at || (last ? !message.endsWith(next) : message.lastIndexOf('\n', end) >= at)) {
                return null; // only the last value can be a statement, which has several lines
            }
            values.add(message.substring(at, end));
            at = end + next.length();
        }
        return at == message.length() ? values : null;
    }

    /**
     * {@return the message in English; itself if it is another one}
     *
     * @param translate what is done to each value
     */
    String english(String message, UnaryOperator<String> translate) {
        List<String> values = values(message);
        if (values == null) {
            return message;
        }
        StringBuilder text = new StringBuilder(english.texts.get(0));
        for (int i = 0; i < english.values.size(); i++) {
            int place = foreign.values.indexOf(english.values.get(i));
            text.append(place < 0 ? "" : translate.apply(values.get(place))).append(english.texts.get(i + 1));
        }
        return text.toString();
    }
}
