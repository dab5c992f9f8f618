package io.github.rowsleuth.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a text holds, it is read through, and in time. */
final class AnyTextTest {

    private static final int ROUNDS = 1_000_000;
    private static final int MEGABYTE = 1 << 20;

    private static final String[] PIECES = {
        "'",
        "''",
        "\"",
        "$$",
        "$a$",
        "$",
        "$1",
        "E'",
        "e'\\",
        "U&'\\00",
        "U&\"\\+0",
        "B'",
        "/*",
        "*/",
        "--",
        "\n",
        "\\",
        "\\gexec\n",
        "\\copy ",
        "\\.\n",
        "COPY t FROM stdin;",
        "(",
        ")",
        ";",
        ",",
        ".",
        "*",
        "=",
        "::",
        "||",
        ":=",
        "..",
        "{",
        "}",
        "{{",
        "}}",
        "${",
        "#{",
        "%",
        "%s",
        "%I",
        "%(",
        ":",
        ":x",
        ":'",
        "?",
        "<",
        ">",
        "<x>",
        "@x",
        "1",
        "0x",
        "DELETE",
        "FROM",
        "DELETE FROM ",
        "TRUNCATE ",
        "DROP ",
        "TABLE ",
        "FUNCTION ",
        "ALTER TABLE ",
        "UPDATE ",
        " SET ",
        "INSERT INTO ",
        "ON CONFLICT ",
        "DO ",
        "MERGE INTO ",
        "THEN ",
        "WHERE ",
        "true",
        "1=1",
        "EXPLAIN ",
        "ANALYZE",
        "CREATE ",
        "RULE ",
        "AS ",
        "LANGUAGE ",
        "sql",
        "BEGIN ",
        "ATOMIC ",
        "END ",
        "EXECUTE ",
        "format(",
        "cron.",
        "schedule(",
        "PREPARE p ",
        "CASCADE",
        "ONLY ",
        "IF EXISTS ",
        "a",
        "B",
        "\"q\"",
        " ",
        "\u00e9",
        "\ud83d",
        "\u0000",
    };

    private static final String[] ENDLESS = {
        "(",
        ")",
        "$",
        "$a$",
        "/*",
        "'",
        "\"",
        "{",
        "${",
        "<a",
        "%(",
        ":'",
        "?",
        "\\",
        "--",
        "E'\\",
        ";",
        "a.",
        "a,",
        "1.",
        "||",
        "'a'||",
        "DO $a$",
        "DO '",
        "WHERE (",
        "(DELETE FROM t ",
        "(MERGE INTO t ",
        "THEN DELETE FROM a WHERE ((((",
        "TRUNCATE a,",
        "THEN DROP FUNCTION f(",
        "BEGIN EXPLAIN (",
        "BEGIN CREATE FUNCTION ",
        "CREATE FUNCTION f() BEGIN ATOMIC ",
        "CREATE RULE r DO (",
        "EXECUTE (",
        "EXECUTE format('a',",
        "EXECUTE 'a'||(",
        "cron.schedule(",
        "COPY t FROM stdin;\n",
        "\\copy a from stdin\n",
        "\\gexec\n'a'",
        "THEN ALTER TABLE t DROP a, (",
        "PREPARE p (",
        "DO LANGUAGE ",
        "$a$$b$",
        "$$;DO $$",
    };

    @Test
    @Timeout(60)
    void no_random_text_is_refused() {
        SplittableRandom random = new SplittableRandom(20_260_101);
        StringBuilder text = new StringBuilder();
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            text.setLength(0);
            for (int pieces = random.nextInt(1, 16); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
                if (random.nextInt(3) == 0) {
                    text.append(' ');
                }
            }
            String sql = text.toString();
            for (DestructiveStatement statement : DestructiveStatements.in(sql)) {
                found++;
                // No clock and no message built per round: an assertion object for each would cost more than the work.
                if (statement.offset() < 0 || statement.offset() >= sql.length() || statement.line() < 1) {
                    throw new AssertionError(statement + " is placed outside of: " + sql);
                }
                statement.tables();
            }
            if (round % 4 == 0) {
                SqlText.redact(sql);
            }
        }
        assertThat(found).isGreaterThan(ROUNDS / 100);
    }

    static Stream<Arguments> endless() {
        return Stream.of(ENDLESS).map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("endless")
    @Timeout(30)
    void a_megabyte_of_one_piece_is_read_through(String piece) {
        String sql = piece.repeat(MEGABYTE / piece.length());

        assertThat(DestructiveStatements.in(sql))
                .allSatisfy(s -> assertThat(s.offset()).isBetween(0, sql.length() - 1));
        assertThat(SqlText.redact(sql)).hasSizeLessThanOrEqualTo(2 * sql.length());
    }

    @Test
    @Timeout(30)
    void bodies_within_bodies_are_followed_down_to_a_bound() {
        StringBuilder sql = new StringBuilder();
        int levels = 50_000;
        for (int i = 0; i < levels; i++) {
            sql.append("DELETE FROM t").append(i).append("; DO $q").append(i).append("$ ");
        }
        for (int i = levels - 1; i >= 0; i--) {
            sql.append(" $q").append(i).append("$");
        }

        assertThat(DestructiveStatements.in(sql)).hasSize(Scan.DEEPEST + 1);
        assertThat(SqlText.redact(sql)).contains("t16").doesNotContain("t17");
    }
}
