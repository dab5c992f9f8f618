package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A damaged server is not asked more often because it has more tables. */
class RoundTripsTest {

    static java.util.List<Integer> majors() {
        return io.github.rowsleuth.postgres.fixture.PostgresFixture.majors();
    }

    private static Database withTables(int major, int tables) throws SQLException {
        return Database.on(major)
                .run(
                        "create table orders(id int primary key)",
                        "do $$ begin for i in 1.." + tables
                                + " loop execute format('create table t%s(id serial primary key, o int references orders)', i);"
                                + " end loop; end $$");
    }

    private static int statements(Database database) {
        PGSimpleDataSource real = new PGSimpleDataSource();
        real.setUrl(database.url());
        AtomicInteger count = new AtomicInteger();
        Investigated.of(Postgres.of(counting(real, count)), "orders");
        return count.get();
    }

    private static DataSource counting(DataSource real, AtomicInteger count) {
        return WatchedDataSource.of(real, method -> {
            if (method.getName().startsWith("execute")) {
                count.incrementAndGet();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("majors")
    void their_number_does_not_grow_with_the_tables(int major) throws Exception {
        int few = statements(withTables(major, 2));

        assertThat(few).isGreaterThan(5);
        assertThat(statements(withTables(major, 400))).isEqualTo(few);
    }

    @Test
    void counting_statements_counts() throws Exception {
        PGSimpleDataSource real = new PGSimpleDataSource();
        real.setUrl(Database.on(16).url());
        AtomicInteger count = new AtomicInteger();

        try (var connection = counting(real, count).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select 1");
            statement.executeQuery("select 2").close();
        }

        assertThat(count.get()).isEqualTo(2);
    }
}
