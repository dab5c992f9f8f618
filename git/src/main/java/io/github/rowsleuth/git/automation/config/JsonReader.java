package io.github.rowsleuth.git.automation.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON, and what people write instead: comments, commas at the end, names and strings in other quotes. */
public final class JsonReader {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_VALUES = 200_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(1 << 20)
                    .maxNameLength(10_000)
                    .build())
            .build();

    private int made;

    private JsonReader() {}

    public static ConfigNode read(String text) throws MalformedFileException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new MalformedFileException("it is empty");
            }
            return new JsonReader().value(parser);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : ": line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new MalformedFileException("it is no JSON" + place);
        } catch (IOException e) {
            throw new MalformedFileException("it is no JSON");
        }
    }

    private ConfigNode value(JsonParser parser) throws IOException, MalformedFileException {
        int line = parser.currentTokenLocation().getLineNr();
        if (++made > MAX_VALUES) {
            throw new MalformedFileException("it holds more than " + MAX_VALUES + " values");
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<ConfigNode> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser));
            }
            return ConfigNode.list(items, line);
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            List<Entry> entries = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                int keyLine = parser.currentTokenLocation().getLineNr();
                parser.nextToken();
                entries.add(new Entry(key, keyLine, value(parser)));
            }
            return ConfigNode.mapping(entries, line);
        }
        return parser.currentToken() == JsonToken.VALUE_NULL
                ? ConfigNode.text("", line)
                : ConfigNode.text(parser.getText(), line);
    }
}
