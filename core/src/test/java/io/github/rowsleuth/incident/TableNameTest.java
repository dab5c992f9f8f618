package io.github.rowsleuth.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "orders                 | orders",
                "Shop.Orders            | shop.orders",
                "\"Shop\".\"Orders\"    | \"Shop\".\"Orders\"",
                "s.\"Order Items\"      | s.\"Order Items\"",
                "\"a.b\"                | \"a.b\"",
                "\"a\"\"b\"             | \"a\"\"b\"",
                "  t1$x                | t1$x"
            })
    void reads_a_name_as_it_stands_in_sql_and_prints_it_so(String typed, String printed) {
        assertThat(TableName.parse(typed)).hasToString(printed);
        assertThat(TableName.parse(printed)).isEqualTo(TableName.parse(typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "a.", ".a", "a.b.c", "a b", "1a", "\"a", "a;drop", "\"\""})
    void refuses_what_is_not_one_name_and_says_what_it_expected(String text) {
        assertThatThrownBy(() -> TableName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a table name")
                .hasMessageContaining("'" + text.strip() + "'");
    }

    @ParameterizedTest
    @CsvSource({"orders,shop.orders,true", "shop.orders,shop.orders,true", "a.orders,shop.orders,false", "o,p,false"})
    void matches_where_both_can_mean_the_same_table(String one, String other, boolean matches) {
        assertThat(TableName.parse(one).matches(TableName.parse(other))).isEqualTo(matches);
        assertThat(TableName.parse(other).matches(TableName.parse(one))).isEqualTo(matches);
    }
}
