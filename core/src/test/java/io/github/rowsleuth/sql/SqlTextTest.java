package io.github.rowsleuth.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlTextTest {

    private static final String CANARY = "hunter2canary";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT  1,  -2.5e3, .5          | SELECT ?, -?, ?
            SELECT a /* x */ FROM t -- y    | SELECT a FROM t
            WHERE "Id" = 'it''s' AND b=E'\\'' | WHERE "Id" = ? AND b=?
            ALTER ROLE r PASSWORD 'geheim'  | ALTER ROLE r PASSWORD ?
            SELECT x::int[1:2], $1, t1.c2   | SELECT x::int[?:?], $1, t1.c2
            SELECT U&'\\0061', x'ff', N'a', $q$b$q$ | SELECT ?, ?, ?, ?
            DO $a$ BEGIN DELETE FROM t WHERE id = 7; END $a$ | DO $a$ BEGIN DELETE FROM t WHERE id = ?; END $a$
            DELETE FROM ${t} WHERE a = %s   | DELETE FROM ${t} WHERE a = %s
            DELETE FROM {{ t }} WHERE {f('x')} | DELETE FROM {{ t }} WHERE {?}
            \\connect db user secret        | \\connect ?
            FOR i IN 1..10 LOOP             | FOR i IN ?..? LOOP
            """)
    void values_go_and_names_stay(String sql, String expected) {
        assertThat(SqlText.redact(sql.replace("\\\\", "\\"))).isEqualTo(expected.replace("\\\\", "\\"));
    }

    @Test
    void a_quoted_body_stays_a_quoted_body() {
        String sql = "CREATE FUNCTION f() RETURNS void LANGUAGE 'sql' AS 'DELETE FROM \"a''b\" WHERE x = ''y'''";

        assertThat(SqlText.redact(sql))
                .isEqualTo("CREATE FUNCTION f() RETURNS void LANGUAGE ? AS 'DELETE FROM \"a''b\" WHERE x = ?'");
    }

    static Stream<String> placesOfALiteral() {
        return Stream.of(
                "'@'",
                "E'\\'@'",
                "e'@'",
                "U&'@'",
                "B'@'",
                "x'@'",
                "N'@'",
                "'''@'",
                "'@",
                "$$@$$",
                "$t$ $$ @ $t$",
                "$$@",
                "/* @ */",
                "/* /* */ @",
                "-- @",
                "$1'@'",
                "a$'@'",
                "{'@'}",
                "${f('@')}",
                "$(echo @)",
                "DO $$ BEGIN x := '@'; END $$",
                "DO $$ BEGIN EXECUTE 'a' || $x$@$x$; END $$",
                "DO $$ plpy.execute(\"@\") $$ LANGUAGE plpython3u",
                "DO LANGUAGE plperl $$ \"@\" $$",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $$ \"@\" $$",
                "CREATE FUNCTION f() RETURNS int AS $$ SELECT '@' $$ LANGUAGE sql",
                "CREATE FUNCTION f() RETURNS int AS 'SELECT ''@''' LANGUAGE sql",
                "COPY t FROM stdin;\n@\n\\.",
                "COPY t FROM stdin;\n1\t@",
                "\\set p @",
                "\\copy t from stdin\n@",
                "123@",
                "0x1@",
                ".5@");
    }

    @ParameterizedTest
    @MethodSource("placesOfALiteral")
    void no_literal_is_left(String place) {
        String sql = "SELECT 1;\n" + place.replace("@", CANARY);

        assertThat(SqlText.redact(sql)).startsWith("SELECT ?;").doesNotContain(CANARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n-- x", "/*"})
    void what_holds_no_statement_becomes_empty(String sql) {
        assertThat(SqlText.redact(sql)).isEmpty();
    }
}
