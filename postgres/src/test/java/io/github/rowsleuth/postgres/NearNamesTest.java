package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NearNamesTest {

    private static List<String> near(String wanted, String... existing) {
        return NearNames.to(
                        TableName.parse(wanted),
                        Stream.of(existing).map(TableName::parse).toList())
                .stream()
                .map(TableName::toString)
                .toList();
    }

    @Test
    void the_same_name_elsewhere_comes_first() {
        assertThat(near("public.orders", "shop.orders", "public.order", "public.users"))
                .containsExactly("shop.orders", "public.order");
    }

    @Test
    void slips_of_the_finger_are_understood() {
        assertThat(near("shop.custmoers", "shop.customers")).containsExactly("shop.customers");
        assertThat(near("shop.custmers", "shop.customers")).containsExactly("shop.customers");
    }

    @Test
    void other_letters_and_longer_forms_are_understood() {
        assertThat(near("s.orders", "s.\"Orders\"", "s.orders_backup_2025"))
                .containsExactly("s.\"Orders\"", "s.orders_backup_2025");
    }

    @Test
    void what_is_not_near_is_not_offered() {
        assertThat(near("s.orders", "s.invoices", "s.or", "s.a")).isEmpty();
        assertThat(near("t", "a", "b")).isEqualTo(List.of("a", "b"));
    }

    @Test
    void there_are_never_more_than_five() {
        assertThat(near("s.t0", "s.t1", "s.t2", "s.t3", "s.t4", "s.t5", "s.t6", "s.t7"))
                .hasSize(5);
    }
}
