package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.ObservedTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitTimesTest {
    private static final int MAJOR = 15;

    private static Database damaged(Database database) throws Exception {
        return database.run(
                "create extension pageinspect",
                "create table orders(id int)",
                "insert into orders select generate_series(1, 10)",
                "delete from orders where id <= 4",
                "begin; delete from orders where id = 5; rollback");
    }

    private static List<ObservedTransaction> transactions(Database database) throws Exception {
        DeadRows rows = Postgres.at(database.url()).deadRows().examine(Notebook.on("orders"));
        assertThat(rows.transactions()).hasSize(2);
        return rows.transactions();
    }

    @Test
    void where_commits_are_time_stamped_the_transaction_is_dated() throws Exception {
        try (PostgresServer server = PostgresFixture.start(MAJOR, Map.of("track_commit_timestamp", "on"))) {
            Database database = damaged(Database.on(server));

            List<ObservedTransaction> transactions = transactions(database);

            Instant committed = OffsetDateTime.parse(database.value("select to_char(pg_xact_commit_timestamp('"
                            + transactions.get(0).xid()
                            + "'), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"))
                    .toInstant();
            assertThat(transactions.get(0).ended()).isEqualTo(Moment.at(committed));
            assertThat(transactions.get(1).ended())
                    .as("a rollback is not stamped")
                    .isEqualTo(Moment.unknown());
        }
    }

    @Test
    void elsewhere_a_later_checkpoint_bounds_it() throws Exception {
        Database database = damaged(Database.on(MAJOR)).run("checkpoint");
        Instant checkpoint = OffsetDateTime.parse(
                        database.value("select to_char(checkpoint_time, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                                + " from pg_control_checkpoint()"))
                .toInstant();

        assertThat(transactions(database))
                .extracting(ObservedTransaction::ended)
                .allSatisfy(ended -> {
                    assertThat(ended.earliest()).isEmpty();
                    assertThat(ended.latest().orElseThrow())
                            .isBetween(checkpoint, checkpoint.plus(Duration.ofMinutes(1)));
                });
    }
}
