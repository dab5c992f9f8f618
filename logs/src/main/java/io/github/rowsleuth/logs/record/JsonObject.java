package io.github.rowsleuth.logs.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line of JSON, flat: what stands in nested objects has a name with a dot. Arrays are left out.
 *
 * @param values the values by their names, as text
 */
record JsonObject(Map<String, String> values) {

    private static final int DEEPEST = 4;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    /** {@return the object, empty if the line is none} */
    static Optional<JsonObject> parse(byte[] b, int from, int to) {
        boolean utf8 = Text.isUtf8(b, from, to);
        try (JsonParser parser = utf8
                ? JSON.createParser(b, from, to - from)
                : JSON.createParser(Text.decode(b, from, to))) { // a database in another encoding wrote its bytes
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, String> values = new HashMap<>();
            read(parser, "", 0, values);
            return Optional.of(new JsonObject(values));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private static void read(JsonParser parser, String path, int depth, Map<String, String> values) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = path + parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT && depth < DEEPEST) {
                read(parser, name + ".", depth + 1, values);
            } else if (token != null && token.isStructStart()) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                values.putIfAbsent(name, parser.getText());
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** {@return the value, empty if there is none} */
    String text(String name) {
        return values.getOrDefault(name, "");
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
