package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggerBodyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BEGIN RETURN NULL; END | true",
                "BEGIN RETURN NEW; END | true",
                "BEGIN~  UPDATE t SET gone = true WHERE id = OLD.id;~  RETURN~ NULL;~END | true",
                "BEGIN RETURN OLD; END | none",
                "BEGIN IF OLD.kept THEN RETURN NULL; END IF; RETURN OLD; END | false",
                "BEGIN IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END | none",
                "BEGIN IF old.x > 3 THEN RETURN OLD; END IF; RETURN NEW; END | false",
                "BEGIN IF TG_OP = 'DELETE' THEN RETURN NULL; END IF; RETURN NEW; END | true",
                "BEGIN -- RETURN NULL;~ /* RETURN NULL; */ RAISE NOTICE 'RETURN NULL;'; RETURN OLD; END | none",
                "BEGIN RETURN coalesce(NEW, OLD); END | none",
                "BEGIN RETURN \"NULL\"; END | none",
                "BEGIN PERFORM returned(); END | none",
                "`` | none"
            })
    void a_trigger_that_returns_null_suppresses_deletions(String source, String expected) {
        assertThat(new TriggerBody(source.replace('~', '\n'))
                        .suppresses()
                        .map(String::valueOf)
                        .orElse("none"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BEGIN RAISE EXCEPTION 'no deletes'; END | true",
                "BEGIN RAISE 'no deletes'; END | true",
                "BEGIN RAISE unique_violation; END | true",
                "BEGIN IF old.kept THEN RAISE EXCEPTION 'kept'; END IF; RETURN OLD; END | false",
                "BEGIN RAISE NOTICE 'x'; RAISE LOG 'y'; RETURN OLD; END | none",
                "BEGIN PERFORM f(); EXCEPTION WHEN OTHERS THEN RAISE; END | none",
                "BEGIN /* RAISE EXCEPTION 'x' */ RETURN OLD; END | none"
            })
    void a_trigger_that_raises_an_error_fails_the_statement(String source, String expected) {
        assertThat(new TriggerBody(source.replace('~', '\n'))
                        .fails()
                        .map(String::valueOf)
                        .orElse("none"))
                .isEqualTo(expected);
    }
}
