package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A line that begins with the prefix: its fields, its severity and its text. */
final class Head {

    private final @Nullable String[] fields;
    private final String word;
    private final String text;

    Head(@Nullable String[] fields, String word, String text) {
        this.fields = fields;
        this.word = word;
        this.text = text;
    }

    /** {@return the field of that escape, where the prefix has it and the server knew it} */
    Optional<String> field(char escape) {
        return Optional.ofNullable(fields[escape]).filter(f -> !f.isBlank() && !f.equals("[unknown]"));
    }

    Part part() {
        return Part.of(word);
    }

    String word() {
        return word;
    }

    String text() {
        return text;
    }

    /** {@return what tells this session from others that are open at the same time} */
    String session() {
        return field('c').or(() -> field('p')).orElse("");
    }

    Moment moment() {
        return field('n')
                .map(LogTime::ofEpoch)
                .or(() -> field('m').map(LogTime::ofStamp))
                .or(() -> field('t').map(LogTime::ofStamp))
                .orElseGet(Moment::unknown);
    }
}
