package io.github.rowsleuth.git.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageTest {

    private static List<String> literals(Language language, String source) {
        return language.read(source).literals().stream()
                .map(l -> l.text().toString())
                .toList();
    }

    @Test
    void python_literals_are_read_with_every_prefix() {
        assertThat(literals(Language.PYTHON, "f(r'a\\n', Rb\"b\", u'c', fR'''d{e}''', F\"{{x}} {y['k']}\", 'q\\'s')"))
                .containsExactly("a\\n", "b", "c", "d{e}", "k", "{x} {y['k']}", "q's");
    }

    @Test
    void python_literals_side_by_side_join_over_lines_and_comments_inside_brackets_only() {
        assertThat(literals(
                        Language.PYTHON,
                        "x = ('a' # why\n  \"b\"\n  f'{c}')\ny = 'd' \\\n 'e'\nz = 'f'\nw = 'g' + n + 'h'"))
                .containsExactly("ab{c}", "de", "f", "g{n}h");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void any_text_is_read_in_time_that_grows_with_its_length(Language language) {
        List<String> texts = new ArrayList<>();
        for (String piece : List.of(
                "\"",
                "'",
                "`",
                "\\",
                "(",
                ")",
                "{",
                "${",
                "f'{",
                "\"\"\"",
                "<<A\n",
                "/",
                "/*",
                "# \n",
                "--\n",
                " ",
                "a.",
                "a+'b'+",
                "=",
                "\n",
                "'--\n'\n",
                "x='delete '+",
                "\"/*a*/\"+",
                "delete from update set ")) {
            texts.add(piece.repeat(100_000 / piece.length()));
        }
        texts.add("x('" + "-- a\\n".repeat(30_000) + "DROP TABLE t')");
        texts.add("x('" + " ".repeat(100_000) + "DROP TABLE t')");
        texts.add("x('" + "/**/".repeat(50_000) + "DROP TABLE t')");

        for (String text : texts) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> language.read(text), text.substring(0, 3));
        }
    }
}
