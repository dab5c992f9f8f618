package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Translations;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a record says of its origin, by the letters that {@code log_line_prefix} has for it (PostgreSQL documentation,
 * section 19.8.3 "What to Log"); the other formats use the same letters here.
 */
public final class Fields {

    static final String LETTERS = "audrhbpPtmnieclsvxqQL";

    private final @Nullable String[] values = new @Nullable String[LETTERS.length()];

    static int index(char letter) {
        return LETTERS.indexOf(letter);
    }

    Fields set(char letter, @Nullable String value) {
        values[index(letter)] = value;
        return this;
    }

    /** {@return the value of that letter, where the log has it and the server knew it} */
    public Optional<String> get(char letter) {
        String value = values[index(letter)];
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(value)
                .filter(v -> v.charAt(0) != '[' || !Translations.field(v).equals("[unknown]"));
    }

    /** {@return the number of that letter, empty where it is no number} */
    public Optional<Long> number(char letter) {
        return get(letter).flatMap(Fields::number);
    }

    static Optional<Long> number(String digits) {
        try {
            return Optional.of(Long.valueOf(digits));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** {@return the process, 0 if the log does not tell: of {@code %p}, or the end of the session id} */
    public long process() {
        String process = values[index('p')];
        if (process != null) {
            return digits(process);
        }
        String session = values[index('c')];
        int dot = session == null ? -1 : session.indexOf('.');
        try {
            return session == null || dot < 0 ? 0 : Long.parseLong(session.substring(dot + 1), 16);
        } catch (NumberFormatException notHexadecimal) {
            return 0;
        }
    }

    private static long digits(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    void write(DataOutput out) throws IOException {
        for (String value : values) {
            out.writeBoolean(value != null);
            if (value != null) {
                Text.write(out, value);
            }
        }
    }

    static Fields read(DataInput in) throws IOException {
        Fields fields = new Fields();
        for (int i = 0; i < fields.values.length; i++) {
            fields.values[i] = in.readBoolean() ? Text.read(in) : null;
        }
        return fields;
    }
}
