package io.github.rowsleuth;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rowsleuth.evidence.Moment;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Writes the kinds of fields that the report is made of; what is empty is left out. */
final class JsonFields {

    private JsonFields() {}

    static void moment(JsonGenerator json, Moment moment) throws IOException {
        instant(json, "earliest", moment.earliest());
        instant(json, "latest", moment.latest());
    }

    static void instant(JsonGenerator json, String key, Optional<Instant> value) throws IOException {
        string(json, key, value);
    }

    static void string(JsonGenerator json, String key, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(key, value.get().toString());
        }
    }

    static void number(JsonGenerator json, String key, Optional<Long> value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(key, value.get());
        }
    }

    static void strings(JsonGenerator json, String key, Collection<?> values) throws IOException {
        json.writeArrayFieldStart(key);
        for (Object value : values) {
            json.writeString(value.toString());
        }
        json.writeEndArray();
    }

    /** Writes the fields of a value. */
    interface Body<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    static <T> void each(JsonGenerator json, String key, Collection<T> values, Body<T> body) throws IOException {
        json.writeArrayFieldStart(key);
        for (T value : values) {
            json.writeStartObject();
            body.write(json, value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
