package io.github.rowsleuth.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ForeignKey;
import io.github.rowsleuth.probe.UnknownTable;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.List;
import java.util.Optional;
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

    private static Server dropping(Server server, String... tables) {
        ObservedTransaction.Builder transaction =
                ObservedTransaction.builder().xid(9).end(TransactionEnd.COMMITTED);
        for (String table : tables) {
            server.missing(new UnknownTable(TableName.parse(table), List.of()));
            transaction.addEffects(TableEffect.on(TableName.parse(table), TableEffect.Kind.DROPPED, Optional.empty()));
        }
        return server.inLog(transaction.build());
    }

    @Test
    void tables_of_a_schema_that_holds_none_any_more_went_with_it() {
        Act act = dropping(new Server().table("r.kept", 1, 0, 1), "s.a", "s.b")
                .investigate("s.a", "s.b")
                .acts()
                .get(0);

        assertThat(act.statement()).isEqualTo("DROP SCHEMA s CASCADE");
        assertThat(act.explains()).isEqualTo(tables("s.a", "s.b"));
    }

    @Test
    void tables_whose_schema_holds_others_were_dropped_by_name() {
        assertThat(dropping(new Server().table("s.kept", 1, 0, 1), "s.a", "s.b")
                        .investigate("s.a", "s.b")
                        .acts())
                .extracting(Act::statement)
                .containsExactly("DROP TABLE s.a, s.b");
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

    @Test
    void a_delete_that_left_out_a_child_still_took_the_others_along() {
        Act act = new Server()
                .table("s.p", 10, 2, 8)
                .table("s.c", 50, 10, 40)
                .table("s.d", 5, 0, 5)
                .key("s.c", "s.p", ForeignKey.OnDelete.CASCADE)
                .key("s.d", "s.p", ForeignKey.OnDelete.CASCADE)
                .investigate("s.p", "s.c")
                .acts()
                .get(0);

        assertThat(act.roots()).isEqualTo(tables("s.p"));
        assertThat(act.explains()).isEqualTo(tables("s.c", "s.p"));
    }

    @Test
    void one_delete_of_a_parent_that_nobody_missed_is_smaller_than_one_of_each_child() {
        Server server = new Server()
                .table("s.p", 10, 2, 8)
                .table("s.c", 50, 10, 40)
                .table("s.d", 50, 10, 40)
                .key("s.c", "s.p", ForeignKey.OnDelete.CASCADE)
                .key("s.d", "s.p", ForeignKey.OnDelete.CASCADE);

        assertThat(server.investigate("s.c", "s.d").acts())
                .extracting(Act::roots)
                .containsExactly(tables("s.p"));
        assertThat(server.investigate("s.c").acts())
                .as("for one child it is no smaller")
                .extracting(Act::roots)
                .containsExactly(tables("s.c"));
    }

    @Test
    void a_parent_is_not_drawn_in_where_one_of_its_children_explains_the_other() {
        assertThat(new Server()
                        .table("s.p", 10, 2, 8)
                        .table("s.c", 50, 10, 40)
                        .table("s.d", 50, 10, 40)
                        .key("s.c", "s.p", ForeignKey.OnDelete.CASCADE)
                        .key("s.d", "s.c", ForeignKey.OnDelete.CASCADE)
                        .investigate("s.c", "s.d")
                        .acts())
                .extracting(Act::roots)
                .containsExactly(tables("s.c"));
    }
}
