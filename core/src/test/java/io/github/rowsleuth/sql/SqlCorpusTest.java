package io.github.rowsleuth.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The corpus on which parser libraries were compared before this recogniser was written. */
final class SqlCorpusTest {

    @TestFactory
    Stream<DynamicTest> every_destructive_entry_yields_exactly_its_kinds() throws IOException {
        return entries("pos")
                .map(e -> DynamicTest.dynamicTest(name(e), () -> {
                    Set<String> expected = StreamSupport.stream(e.get("expect").spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.toCollection(TreeSet::new));
                    assertThat(kinds(e)).isEqualTo(expected);
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_harmless_entry_yields_nothing() throws IOException {
        return entries("neg")
                .map(e -> DynamicTest.dynamicTest(
                        name(e), () -> assertThat(kinds(e)).isEmpty()));
    }

    private static Set<String> kinds(JsonNode entry) {
        return DestructiveStatements.in(entry.get("sql").asText()).stream()
                .map(s -> s.kind().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(JsonNode entry) {
        return entry.get("id").asText() + " " + entry.get("sql").asText();
    }

    private static Stream<JsonNode> entries(String part) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SqlCorpusTest.class.getResourceAsStream("/sql-corpus.json"), "corpus")) {
            JsonNode all = new ObjectMapper().readTree(in).get(part);
            assertThat(all).isNotEmpty();
            return StreamSupport.stream(all.spliterator(), false);
        }
    }
}
