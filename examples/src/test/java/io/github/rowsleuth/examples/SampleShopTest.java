package io.github.rowsleuth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.postgres.junit.AllowDeletions;
import io.github.rowsleuth.postgres.junit.ExpectDeletions;
import io.github.rowsleuth.postgres.junit.WatchDeletions;
import io.github.rowsleuth.postgres.watch.Deletion;
import io.github.rowsleuth.postgres.watch.Expectation;
import io.github.rowsleuth.postgres.watch.Watch;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How an integration test of yours could look: no test of this class may delete a row without saying so. */
@WatchDeletions
class SampleShopTest {

    static final DataSource DATABASE = SampleDatabase.open();

    private final SampleShop shop = new SampleShop(DATABASE);

    @BeforeAll
    static void install() throws SQLException {
        new SampleShop(DATABASE).install();
    }

    @Test
    void placing_an_order_deletes_nothing() throws SQLException {
        shop.place(10);
    }

    @Test
    @AllowDeletions(onlyRowsBornMeanwhile = true)
    void an_order_of_today_can_be_cancelled() throws SQLException {
        shop.place(11);
        shop.cancel(11);
    }

    @Test
    @ExpectDeletions(rows = 2, in = "public.orders")
    @ExpectDeletions(rows = 2, in = "public.invoices")
    void archiving_takes_the_invoices_of_old_orders_along(Watch watch) throws SQLException {
        shop.archive();

        assertThat(watch.soFar().in("public.invoices"))
                .extracting(Deletion::cascade)
                .map(cascade -> cascade.orElseThrow().from().toString())
                .containsExactly("public.orders");
        // Without the second annotation the test fails, and this is what it says:
        assertThat(watch.soFar()
                        .violations(Expectation.noDeletions().expectingExactly(2, "public.orders"))
                        .messages())
                .singleElement()
                .asString()
                .startsWith("public.invoices: expected no deletions, found 2 rows deleted")
                .contains(
                        "cascaded from public.orders by the foreign key",
                        "statement: DELETE FROM orders WHERE placed < ?");
    }
}
