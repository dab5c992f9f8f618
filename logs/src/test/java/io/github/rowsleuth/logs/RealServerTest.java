package io.github.rowsleuth.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.logs.Logs.Result;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Visibility;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a running server writes. */
@Timeout(120)
class RealServerTest {

    private static final String DEBIAN = "%m [%p] %q%u@%d ";

    private static Result destroyUnder(String logStatement) throws SQLException {
        Map<String, String> settings = Map.of("log_line_prefix", DEBIAN, "log_statement", logStatement);
        try (PostgresServer server = PostgresFixture.start(15, settings)) {
            String database = server.createDatabase();
            try (Connection connection = server.connect(database);
                    Statement statement = connection.createStatement()) {
                statement.execute("create schema migration");
                statement.execute("create table migration.flows (id int primary key)");
                statement.execute("truncate migration.flows");
                assertThatThrownBy(() -> statement.execute("DELETE FROM migration.flows WHERE id = 1 AND WHERE id = 2"))
                        .hasMessageContaining("syntax error");
                connection.setAutoCommit(false);
                statement.execute("delete from migration.flows");
                connection.rollback();
            }
            server.stop();
            return Logs.read(PostgresLogs.in(server.logFile()), Investigation.of("migration.flows"));
        }
    }

    private static String withoutPid(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    @Test
    void by_default_only_the_failed_delete_is_seen() throws SQLException {
        Result result = destroyUnder("none");

        assertThat(result.seen())
                .map(RealServerTest::withoutPid)
                .containsExactly("DELETE migration.flows FAILED 42601");
        assertThat(result.answer().visibility().degree()).isEqualTo(Visibility.Degree.BLIND);
    }

    @Test
    void with_mod_the_truncate_is_seen_and_no_end() throws SQLException {
        assertThat(destroyUnder("mod").seen())
                .map(RealServerTest::withoutPid)
                .containsExactly(
                        "TRUNCATE migration.flows UNKNOWN",
                        "DELETE migration.flows FAILED 42601",
                        "DELETE migration.flows UNKNOWN");
    }

    @Test
    void with_all_the_rollback_is_seen_as_well() throws SQLException {
        Result result = destroyUnder("all");

        // The next statement of the session came without a BEGIN before and an error between.
        assertThat(result.seen())
                .map(RealServerTest::withoutPid)
                .containsExactly(
                        "TRUNCATE migration.flows COMMITTED",
                        "DELETE migration.flows FAILED 42601",
                        "DELETE migration.flows ROLLED_BACK");
        assertThat(result.answer().visibility().degree()).isEqualTo(Visibility.Degree.SHOWS);
    }
}
