package io.github.rowsleuth.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The recogniser against the parser of a real server. In a read-only transaction the server refuses a statement that
 * writes by the name of its command, before it looks for the objects of most of them: an oracle that changes nothing.
 */
class ServerParserTest {

    private static final String SYNTAX_ERROR = "42601";
    private static final Pattern REFUSED = Pattern.compile("cannot execute (.+) in a read-only transaction");
    private static final Set<String> NOT_PLAIN_SQL = Set.of("hole", "psql", "param");
    private static final Map<String, Set<StatementKind>> BY_COMMAND = Map.of(
            "ALTER TABLE",
            Set.of(
                    StatementKind.DROP_COLUMN,
                    StatementKind.DROP_CONSTRAINT,
                    StatementKind.DETACH_PARTITION,
                    StatementKind.ALTER_TYPE),
            "ALTER TYPE",
            Set.of(StatementKind.DROP_ATTRIBUTE),
            "MERGE",
            Set.of(StatementKind.MERGE_DELETE),
            "UPDATE",
            Set.of(StatementKind.UPDATE_NO_WHERE),
            "INSERT",
            Set.of(StatementKind.UPSERT_UPDATE),
            "DROP MATERIALIZED VIEW",
            Set.of(StatementKind.DROP_MATVIEW),
            "DROP PROCEDURE",
            Set.of(StatementKind.DROP_FUNCTION),
            "DROP AGGREGATE",
            Set.of(StatementKind.DROP_FUNCTION),
            "TRUNCATE TABLE",
            Set.of(StatementKind.TRUNCATE),
            // The server names a statement with a modifying CTE after its outer command.
            "SELECT",
            Set.of(StatementKind.DELETE));

    /** The SQLSTATE with which the server refuses the statement, and the command it saw if it says so. */
    private record Refusal(String state, Optional<String> command) {}

    private static Optional<Refusal> refusal(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN READ ONLY");
            statement.execute(sql);
            return Optional.empty();
        } catch (SQLException e) {
            Matcher matcher = REFUSED.matcher(String.valueOf(e.getMessage()));
            return Optional.of(new Refusal(
                    String.valueOf(e.getSQLState()),
                    matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty()));
        } finally {
            try (Statement statement = connection.createStatement()) {
                statement.execute("ROLLBACK");
            }
        }
    }

    private static Set<StatementKind> kindsOf(String command) {
        Set<StatementKind> kinds = BY_COMMAND.get(command);
        return kinds != null ? kinds : Set.of(StatementKind.valueOf(command.replace(' ', '_')));
    }

    private static void assertSameKind(String sql, String command) {
        assertThat(DestructiveStatements.in(sql))
                .as("%s, a %s to the server", sql, command)
                .isNotEmpty()
                .allSatisfy(s -> assertThat(kindsOf(command)).contains(s.kind()));
    }

    @Test
    void the_server_sees_the_same_command_in_the_corpus() throws Exception {
        PostgresServer server = PostgresFixture.shared(18);
        int compared = 0;
        try (Connection connection = server.connect(server.createDatabase())) {
            for (JsonNode entry : corpus()) {
                String sql = entry.get("sql").asText();
                Optional<Refusal> refusal = refusal(connection, sql);
                assertThat(refusal.map(Refusal::state)).as(sql).isNotEqualTo(Optional.of(SYNTAX_ERROR));
                Optional<String> command = refusal.flatMap(Refusal::command);
                if (command.isPresent()
                        && entry.get("expect").size() == 1
                        && command.get().startsWith("DROP")) {
                    assertSameKind(sql, command.get());
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(15);
    }

    private static List<JsonNode> corpus() throws IOException {
        try (InputStream in = ServerParserTest.class.getResourceAsStream("/sql-corpus.json")) {
            JsonNode positive =
                    new ObjectMapper().readTree(Objects.requireNonNull(in)).get("pos");
            return StreamSupport.stream(positive.spliterator(), false)
                    .filter(e -> !NOT_PLAIN_SQL.contains(e.get("cat").asText()))
                    .toList();
        }
    }

    @Test
    void the_server_sees_the_same_command_in_statements_composed_at_random() throws Exception {
        PostgresServer server = PostgresFixture.shared(18);
        SplittableRandom random = new SplittableRandom(20_261_124);
        int compared = 0;
        try (Connection connection = server.connect(server.createDatabase())) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t (id int PRIMARY KEY, c text); CREATE TABLE \"T;x\" (id int, c text)");
            }
            for (int i = 0; i < 3_000; i++) {
                String sql = Composed.statement(random);
                Optional<Refusal> refusal = refusal(connection, sql);
                assertThat(refusal).as(sql).isPresent();
                assertThat(refusal.get().command())
                        .as("%s: %s", sql, refusal.get().state())
                        .isPresent();
                assertSameKind(sql, refusal.get().command().get());
                compared++;
            }
        }
        assertThat(compared).isEqualTo(3_000);
    }

    /** Composes valid statements over the tables t and "T;x", dressed in comments, case and white space. */
    private static final class Composed {

        private static final List<String> TABLES = List.of("t", "public.t", "\"T;x\"", "public.\"T;x\"", "\"t\"");
        private static final List<String> SPACE =
                List.of(" ", "\n", "\t", " /* DROP TABLE t; /* nested */ */ ", " -- DELETE FROM t\n");
        private static final List<String> WHERE = List.of(
                "",
                " WHERE true",
                " WHERE c = 'DROP TABLE t'",
                " WHERE c = $q$ it's; $q$ OR id IN (SELECT id FROM t)",
                " WHERE c = E'\\'; DELETE FROM x'");
        private static final List<String> DROPPED = List.of(
                "TABLE", "VIEW", "MATERIALIZED VIEW", "SEQUENCE", "INDEX", "TYPE", "DOMAIN", "SCHEMA", "EXTENSION");
        private static final List<String> ALTERED = List.of(
                "DROP COLUMN c",
                "DROP c",
                "DROP COLUMN IF EXISTS c CASCADE",
                "DROP CONSTRAINT t_pkey",
                "ALTER COLUMN c TYPE varchar(10) USING left(c, 10)");

        private static String statement(SplittableRandom random) {
            String sql = switch (random.nextInt(7)) {
                case 0 -> "DELETE FROM " + pick(random, List.of("", "ONLY ")) + table(random) + pick(random, WHERE);
                case 1 ->
                    "TRUNCATE " + pick(random, List.of("", "TABLE ", "TABLE ONLY ")) + tables(random)
                            + pick(random, List.of("", " RESTART IDENTITY", " CASCADE", " CONTINUE IDENTITY RESTRICT"));
                case 2 ->
                    "DROP " + pick(random, DROPPED) + pick(random, List.of(" ", " IF EXISTS ")) + simple(random)
                            + pick(random, List.of("", " CASCADE", " RESTRICT"));
                case 3 ->
                    "ALTER TABLE " + pick(random, List.of("", "IF EXISTS ", "ONLY ")) + "t " + pick(random, ALTERED);
                case 4 ->
                    "WITH gone AS (DELETE FROM " + table(random) + pick(random, WHERE)
                            + " RETURNING id) SELECT count(*) FROM gone";
                case 5 -> "UPDATE " + table(random) + " SET c = NULL";
                default -> "MERGE INTO t USING \"T;x\" s ON t.id = s.id WHEN MATCHED THEN DELETE";
            };
            return dressed(random, sql);
        }

        private static String simple(SplittableRandom random) {
            return pick(random, List.of("nothing", "\"No Thing\"", "a, b", "\"x;y\""));
        }

        private static String table(SplittableRandom random) {
            return pick(random, TABLES);
        }

        private static String tables(SplittableRandom random) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                names.add(table(random));
            }
            return String.join(", ", names);
        }

        /** Blanks inside literals and quoted names stay as they are: only those between words outside quotes change. */
        private static String dressed(SplittableRandom random, String sql) {
            boolean plain = !sql.contains("'") && !sql.contains("$") && !sql.contains("\"No");
            String dressed = plain ? sql.replace(" ", pick(random, SPACE)) : sql;
            return random.nextBoolean() && plain && !sql.contains("\"")
                    ? dressed.toLowerCase(java.util.Locale.ROOT)
                    : dressed;
        }

        private static <T> T pick(SplittableRandom random, List<T> from) {
            return from.get(random.nextInt(from.size()));
        }
    }
}
