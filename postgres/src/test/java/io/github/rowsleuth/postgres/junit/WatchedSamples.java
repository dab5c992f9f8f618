package io.github.rowsleuth.postgres.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rowsleuth.postgres.watch.Expectation;
import io.github.rowsleuth.postgres.watch.Watch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that pass and fail on purpose, for {@link SampleRun}. */
final class WatchedSamples {

    private WatchedSamples() {}

    static class Registered {

        @RegisterExtension
        static final DeletionWatch DELETIONS =
                DeletionWatch.over(SampleDatabase::source).allowing("public.sessions", 1);

        @BeforeEach
        void prepare() throws SQLException {
            SampleDatabase.run("insert into orders select generate_series(1, 3) on conflict do nothing");
        }

        @Test
        void deletes_nothing() throws SQLException {
            SampleDatabase.run("update orders set id = id");
        }

        @Test
        void deletes() throws SQLException {
            SampleDatabase.run("delete from orders");
        }

        @Test
        void deletes_what_every_test_may() throws SQLException {
            SampleDatabase.run("insert into sessions values (1)", "delete from sessions");
        }

        @Test
        @ExpectDeletions(rows = 2, in = "orders")
        void deletes_as_many_as_it_says() throws SQLException {
            SampleDatabase.run("delete from orders where id < 3");
        }

        @Test
        @ExpectDeletions(rows = 2, in = "orders")
        @ExpectDeletions(rows = 1, in = "sessions")
        void deletes_fewer_than_it_says() throws SQLException {
            SampleDatabase.run("delete from orders where id < 2");
        }

        @Test
        @AllowDeletions(by = "cleaner")
        void deletes_as_somebody_allowed() throws SQLException {
            SampleDatabase.run("set application_name = 'cleaner'", "delete from orders");
        }

        @Test
        @AllowDeletions(onlyRowsBornMeanwhile = true)
        void deletes_its_own_rows() throws SQLException {
            SampleDatabase.run("insert into orders values (7)", "delete from orders where id = 7");
        }

        @Test
        @AllowDeletions(in = "orders", by = "cleaner")
        void says_two_things_at_once() {}

        @Test
        void fails_and_deletes() throws SQLException {
            SampleDatabase.run("delete from orders where id = 1");
            assertEquals(1, 2);
        }

        @Test
        void looks_meanwhile(Watch watch) throws SQLException {
            SampleDatabase.run("delete from orders where id < 3");
            assertEquals(2, watch.soFar().rows());
            watch.expect(Expectation.noDeletions().expectingExactly(2, "public.orders"));
        }

        @RepeatedTest(2)
        void repeats() throws SQLException {
            SampleDatabase.run("delete from orders where id = 2");
        }

        @Nested
        class Inner {
            @Test
            @AllowDeletions(in = "orders")
            void nested_and_allowed() throws SQLException {
                SampleDatabase.run("delete from orders");
            }

            @Test
            void nested_and_not_allowed() throws SQLException {
                SampleDatabase.run("delete from orders");
            }
        }
    }

    @WatchDeletions(showRows = true)
    @AllowDeletions(in = "orders", atMost = 1)
    static class Annotated {

        final DataSource source = SampleDatabase.source();

        @BeforeEach
        void prepare() throws SQLException {
            SampleDatabase.run("insert into orders select generate_series(1, 3) on conflict do nothing");
        }

        @Test
        void class_allows_one() throws SQLException {
            SampleDatabase.run("delete from orders where id = 1");
        }

        @Test
        void class_does_not_allow_two() throws SQLException {
            SampleDatabase.run("delete from orders where id < 3");
        }
    }

    @WatchDeletions
    static class WithoutDatabase {
        @Test
        void has_no_field() {}
    }

    /** As a framework does that rolls every test back. */
    static class Rollback implements BeforeEachCallback, AfterEachCallback {

        private static final AtomicReference<@Nullable Connection> CONNECTION = new AtomicReference<>();

        static void execute(String sql) throws SQLException {
            try (Statement statement = Objects.requireNonNull(CONNECTION.get()).createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void beforeEach(ExtensionContext context) throws SQLException {
            Connection connection = SampleDatabase.source().getConnection();
            connection.setAutoCommit(false);
            CONNECTION.set(connection);
        }

        @Override
        public void afterEach(ExtensionContext context) throws SQLException {
            Connection connection = Objects.requireNonNull(CONNECTION.get());
            connection.rollback();
            connection.close();
        }
    }

    @WatchDeletions
    @ExtendWith(Rollback.class)
    static class Outside {
        final DataSource source = SampleDatabase.source();

        @Test
        void watch_outside_of_a_rollback() throws SQLException {
            Rollback.execute("delete from orders");
        }
    }

    @ExtendWith(Rollback.class)
    @WatchDeletions
    static class Inside {
        final DataSource source = SampleDatabase.source();

        @Test
        void watch_inside_of_a_rollback() throws SQLException {
            Rollback.execute("delete from orders");
        }
    }

    @ExtendWith(Rollback.class)
    @WatchDeletions(failOnAttempts = true)
    static class Attempted {
        final DataSource source = SampleDatabase.source();

        @Test
        void attempt_fails_if_wanted() throws SQLException {
            Rollback.execute("delete from orders");
        }
    }
}
