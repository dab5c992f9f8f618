package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.sql.DestructiveStatement;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutineSourceTest {

    private static List<String> found(String language, String source) {
        return RoutineSource.destructive(language, source).stream()
                .map(DestructiveStatement::toString)
                .toList();
    }

    @Test
    void other_languages_are_searched_for_literals_that_hold_statements() {
        assertThat(found("plpython3u", "# delete from c\nplpy.execute(\"\"\"\n  DELETE FROM a\n\"\"\")"))
                .containsExactly("DELETE a");
        assertThat(found("plpython3u", "plpy.execute('TRUNCATE b')\nplpy.notice(\"do not delete from c\")"))
                .containsExactly("TRUNCATE b");
        assertThat(found("plperl", "spi_exec_query(\"DELETE FROM a WHERE x = \\\"y\\\"\"); # 'DELETE FROM c'"))
                .containsExactly("DELETE a");
        assertThat(found("pltcl", "spi_exec {DROP TABLE a}")).containsExactly("DROP TABLE a");
        assertThat(found("plv8", "plv8.execute(`DELETE FROM a`) // 'DELETE FROM c'\n/* 'DELETE FROM d' */"))
                .containsExactly("DELETE a");
    }

    @Test
    void a_body_in_plpgsql_runs_later_and_may_be_dynamic() {
        List<DestructiveStatement> found = RoutineSource.destructive(
                "plpgsql", "BEGIN\n EXECUTE format('DELETE FROM %I', t);\n DELETE FROM a WHERE id = 1;\nEND");

        assertThat(found).allMatch(DestructiveStatement::deferred).hasSize(2);
        assertThat(found.get(0).dynamic()).isTrue();
        assertThat(found.get(1).line()).isEqualTo(3);
    }

    @Test
    void calls_are_names_before_a_parenthesis_as_the_catalogs_hold_them() {
        assertThat(RoutineSource.calls("SELECT Purge(1), app . \"Clean up\" ('gone()'), x -- other()\n FROM t"))
                .containsExactlyInAnyOrder("purge", "app.Clean up");
    }
}
