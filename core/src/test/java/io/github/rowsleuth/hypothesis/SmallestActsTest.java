package io.github.rowsleuth.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ForeignKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallestActsTest {

    private static final ForeignKey.OnDelete SET_NULL = ForeignKey.OnDelete.SET_NULL;

    private static List<TableName> tables(String... names) {
        return java.util.Arrays.stream(names).map(TableName::parse).toList();
    }

    @Test
    void one_root_explains_what_its_foreign_keys_reach_whatever_they_do_on_delete() {
        Server server = new Server()
                .newFile("s.a", 1, 0, 0, 7)
                .newFile("s.b", 1, 0, 0, 7)
                .newFile("s.c", 1, 0, 0, 7)
                .table("s.d", 1, 0, 1)
                .key("s.b", "s.a", SET_NULL)
                .key("s.c", "s.b", SET_NULL)
                .key("s.a", "s.d", SET_NULL);
        Act act = server.investigate("s.a", "s.b", "s.c").acts().get(0);

        assertThat(act.roots()).isEqualTo(tables("s.a"));
        assertThat(act.cascade()).isTrue();
        assertThat(act.explains()).isEqualTo(tables("s.a", "s.b", "s.c"));
        assertThat(act.statement()).isEqualTo("TRUNCATE s.a CASCADE");
    }

    @Test
    void tables_that_do_not_reach_each_other_were_all_named() {
        Act act = new Server()
                .newFile("s.a", 1, 0, 0, 7)
                .newFile("s.b", 1, 0, 0, 7)
                .investigate("s.a", "s.b")
                .acts()
                .get(0);

        assertThat(act.roots()).isEqualTo(tables("s.a", "s.b"));
        assertThat(act.cascade()).isFalse();
    }

    @Test
    void of_tables_that_reference_each_other_one_is_enough() {
        Act act = new Server()
                .newFile("s.a", 1, 0, 0, 7)
                .newFile("s.b", 1, 0, 0, 7)
                .key("s.a", "s.b", SET_NULL)
                .key("s.b", "s.a", SET_NULL)
                .investigate("s.a")
                .acts()
                .get(0);

        assertThat(act.roots()).isEqualTo(tables("s.a"));
        assertThat(act.alternatives()).isEqualTo(tables("s.b"));
    }

    @Test
    void a_root_whose_cascade_would_have_hit_a_survivor_explains_nothing_but_itself() {
        Act act = new Server()
                .newFile("s.a", 1, 0, 0, 7)
                .newFile("s.b", 1, 0, 0, 7)
                .table("s.c", 1, 0, 1)
                .key("s.b", "s.a", SET_NULL)
                .key("s.c", "s.a", SET_NULL)
                .investigate("s.a", "s.b")
                .acts()
                .get(0);

        assertThat(act.roots()).isEqualTo(tables("s.a", "s.b"));
        assertThat(act.cascade()).isFalse();
    }

    @Test
    void two_transactions_are_two_acts() {
        assertThat(new Server()
                        .newFile("s.a", 1, 0, 0, 7)
                        .newFile("s.b", 1, 0, 0, 8)
                        .investigate("s.a", "s.b")
                        .acts())
                .extracting(Act::roots)
                .containsExactly(tables("s.a"), tables("s.b"));
    }

    @Test
    void a_delete_of_the_parent_explains_the_child() {
        Act act = new Server()
                .table("s.p", 10, 2, 8)
                .table("s.c", 50, 10, 40)
                .key("s.c", "s.p", ForeignKey.OnDelete.CASCADE)
                .investigate("s.p", "s.c")
                .acts()
                .get(0);

        assertThat(act.statement()).isEqualTo("DELETE FROM s.p");
        assertThat(act.cascade()).isTrue();
    }
}
