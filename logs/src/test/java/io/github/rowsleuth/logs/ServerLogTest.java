package io.github.rowsleuth.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.logs.Logs.Result;
import io.github.rowsleuth.postgres.Postgres;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The log that a running server writes, asked of the server itself. */
@Timeout(120)
class ServerLogTest {

    private static final String A_SUPERUSER_RUNS = "a superuser runs in this database: ";
    private static final String SECOND_PART = "65536";
    private static final Map<Integer, PostgresServer> SERVERS = new HashMap<>();

    /** What happens to the file in the middle of a reading. */
    @FunctionalInterface
    private interface Fate {
        void of(Path file) throws IOException;
    }

    static List<Integer> majors() {
        List<Integer> all = PostgresFixture.majors();
        // The oldest writes no jsonlog; those between are like one of the two.
        return all.size() > 2 ? List.of(all.get(0), all.get(all.size() - 1)) : all;
    }

    private static PostgresServer server(int major) {
        return SERVERS.computeIfAbsent(major, m -> {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "logging_collector", "on",
                    "log_directory", "server logs",
                    "log_filename", "postgresql-%Y-%m-%d_%H%M%S.log",
                    "log_rotation_age", "0",
                    "log_line_prefix", "<%m> %p %u/%d: ",
                    "log_timezone", "Asia/Kathmandu",
                    "log_statement", "mod"));
            settings.put("log_destination", m >= 15 ? "stderr,csvlog,jsonlog" : "stderr,csvlog");
            return PostgresFixture.start(m, settings);
        });
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(PostgresServer::close);
        SERVERS.clear();
    }

    private static void run(PostgresServer server, String database, String... statements) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Path folder(PostgresServer server) {
        return server.dataDirectory().resolve("server logs");
    }

    /** The collector writes a moment after the server has answered. */
    private static void awaitInEveryFile(PostgresServer server, String text) throws Exception {
        for (int i = 0; i < 500; i++) {
            boolean all = true;
            for (String end : List.of(".log", ".csv")) {
                try (Stream<Path> files = Files.list(folder(server))) {
                    boolean found = false;
                    for (Path file :
                            files.filter(f -> f.toString().endsWith(end)).toList()) {
                        found |= Files.readString(file).contains(text);
                    }
                    all &= found;
                }
            }
            if (all) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the server did not log " + text);
    }

    private static String truncated(PostgresServer server, String table) throws Exception {
        String database = server.createDatabase();
        run(server, database, "create table " + table + " (id int)", "truncate " + table);
        awaitInEveryFile(server, "truncate " + table);
        return database;
    }

    private static Result read(DataSource dataSource) {
        return Logs.read(PostgresLogs.ofServer(dataSource));
    }

    private static Result as(PostgresServer server, String database, String role) {
        String url = server.jdbcUrl(database);
        return read(Postgres.at(url.substring(0, url.indexOf('?')), role, "").dataSource());
    }

    private static List<String> of(Result result, String table) {
        return result.answer().seen().stream()
                .filter(s -> s.statement().toString().endsWith(table))
                .map(s -> s.statement() + " " + s.database().orElse("?"))
                .toList();
    }

    private static String role(PostgresServer server, String suffix, String... grants) throws SQLException {
        // A name that needs quotes.
        String role = "auditor-" + suffix;
        run(server, "postgres", "create role \"" + role + "\" login");
        for (String grant : grants) {
            run(server, "postgres", grant.formatted('"' + role + '"'));
        }
        return role;
    }

    private static void isUnavailable(Result result) {
        assertThat(result.outcome().status()).isEqualTo(ProbeOutcome.Status.UNAVAILABLE);
    }

    private static String remedy(Result result) {
        return ((ProbeOutcome.Unavailable<?>) result.outcome()).remedy();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_superuser_sees_once_what_is_in_several_logs_from_the_one_that_says_most(int major) throws Exception {
        PostgresServer server = server(major);
        String database = truncated(server, "thrice_told");

        Result result = read(Postgres.at(server.jdbcUrl("postgres")).dataSource());

        assertThat(of(result, "thrice_told")).containsExactly("TRUNCATE thrice_told " + database);
        ObservedStatement seen = result.answer().seen().stream()
                .filter(s -> s.statement().toString().endsWith("thrice_told"))
                .findFirst()
                .orElseThrow();
        assertThat(seen.application()).contains("PostgreSQL JDBC Driver"); // which the prefix does not ask for
        assertThat(seen.moment().earliest()).isEqualTo(seen.moment().latest()); // the zone is known
        Evidence evidence = result.evidence().stream()
                .filter(e -> e.id().equals(seen.evidence()))
                .findFirst()
                .orElseThrow();
        assertThat(evidence.provenance().source()).endsWith(major >= 15 ? ".json" : ".csv");
        assertThat(result.evidence().stream().map(e -> e.observation().summary()))
                .anyMatch(s -> s.contains("log_line_prefix = '<%m> %p %u/%d: '") && s.contains("log_timezone"))
                .anyMatch(s ->
                        s.startsWith(major >= 15 ? "2 of 3 log files were not read" : "1 of 2 log files were not"));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_later_reading_tells_what_is_new(int major) throws Exception {
        PostgresServer server = server(major);
        String database = server.createDatabase();
        PostgresLogs logs =
                PostgresLogs.ofServer(Postgres.at(server.jdbcUrl("postgres")).dataSource());
        run(server, database, "create table earlier (id int)", "truncate earlier");
        awaitInEveryFile(server, "truncate earlier");
        Result first = Logs.read(logs.resumable());
        run(server, database, "create table later (id int)", "truncate later");
        awaitInEveryFile(server, "truncate later");

        Result second = Logs.read(logs.after(first.answer().resumeToken().orElseThrow()));

        assertThat(of(first, "earlier")).hasSize(1);
        assertThat(of(second, "later")).containsExactly("TRUNCATE later " + database);
        assertThat(second.answer().seen()).filteredOn(s -> !s.toldBefore()).hasSize(1);
        assertThat(second.gaps()).noneMatch(gap -> gap.contains("earlier reading"));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_plain_role_is_told_what_to_grant_and_then_reads(int major) throws Exception {
        PostgresServer server = server(major);
        String database = truncated(server, "plain_told");
        String role = role(server, "plain");

        Result refused = as(server, database, role);

        isUnavailable(refused);
        assertThat(refused.outcome().reason()).contains("the role " + role + " may not list the logs of the server");
        assertThat(remedy(refused)).startsWith("GRANT pg_monitor TO \"" + role + "\"; to read them, ");
        run(server, database, remedy(refused).replace("to read them, " + A_SUPERUSER_RUNS, ""));
        assertThat(of(as(server, database, role), "plain_told")).containsExactly("TRUNCATE plain_told " + database);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void pg_monitor_sees_which_files_there_are_and_reads_once_a_superuser_lends_the_function(int major)
            throws Exception {
        PostgresServer server = server(major);
        String database = truncated(server, "monitored");
        String role = role(server, "monitor", "grant pg_monitor to %s");

        Result refused = as(server, database, role);

        isUnavailable(refused);
        assertThat(refused.outcome().reason())
                .matches("the role " + role
                        + " may list the logs of the server but not read them: \\d+ files of \\d+ bytes,"
                        + " postgresql-.* written last, at .*Z");
        assertThat(remedy(refused)).startsWith(A_SUPERUSER_RUNS + "CREATE SCHEMA");
        run(server, database, remedy(refused).substring(A_SUPERUSER_RUNS.length()));
        assertThat(of(as(server, database, role), "monitored")).containsExactly("TRUNCATE monitored " + database);

        String other = role(server, "other", "grant pg_monitor to %s");
        assertThat(remedy(as(server, database, other)))
                .startsWith(A_SUPERUSER_RUNS + "GRANT USAGE ON SCHEMA rowsleuth");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_role_that_may_read_any_file_needs_no_function(int major) throws Exception {
        PostgresServer server = server(major);
        String database = truncated(server, "granted");
        String role = role(
                server,
                "granted",
                "grant pg_monitor to %s",
                "grant execute on function pg_read_binary_file(text, bigint, bigint, boolean) to %s");

        assertThat(of(as(server, "postgres", role), "granted")).containsExactly("TRUNCATE granted " + database);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void the_function_that_is_lent_opens_nothing_but_the_log(int major) throws Exception {
        PostgresServer server = server(major);
        String database = server.createDatabase();
        String role = role(server, "curious", "grant pg_monitor to %s");
        run(server, database, remedy(as(server, database, role)).substring(A_SUPERUSER_RUNS.length()));

        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("set role \"" + role + '"');
            for (String file : List.of("../postgresql.conf", "../global/pg_control", "/etc/passwd", ".", "..")) {
                var answer = statement.executeQuery("select rowsleuth.log_bytes('" + file + "', 0, 10)");
                assertThat(answer.next()).isTrue();
                assertThat(answer.getBytes(1)).isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_function_that_a_superuser_does_not_vouch_for_is_not_called(int major) throws Exception {
        PostgresServer server = server(major);
        String database = server.createDatabase();
        String role = role(server, "trapped", "grant pg_monitor to %s");
        run(
                server,
                database,
                "create schema rowsleuth",
                "grant usage on schema rowsleuth to public",
                "create function rowsleuth.log_bytes(file text, start bigint, length bigint) returns bytea"
                        + " language plpgsql security definer as $$ begin raise 'called'; end $$");

        Result refused = as(server, database, role);

        isUnavailable(refused);
        assertThat(refused.outcome().reason())
                .endsWith(
                        "rowsleuth.log_bytes() is there, but not as a function of a superuser with a fixed search_path");
    }

    @Test
    void without_a_collector_it_is_said_where_the_log_goes() {
        PostgresServer server = PostgresFixture.shared(majors().get(0));

        Result result = read(Postgres.at(server.jdbcUrl("postgres")).dataSource());

        isUnavailable(result);
        assertThat(result.outcome().reason())
                .isEqualTo("logging_collector is off: the server keeps no log that can be read over SQL;"
                        + " its log_destination is stderr");
        assertThat(remedy(result)).contains("ofContainer(…)").contains("pg_ctl -l");
    }

    @Test
    void a_server_that_is_not_there_is_unavailable() {
        Result result =
                read(Postgres.at("jdbc:postgresql://127.0.0.1:1/x?user=u").dataSource());

        isUnavailable(result);
        assertThat(result.outcome().reason()).contains("08001");
    }

    @Test
    void a_destination_that_is_added_later_hides_nothing_that_came_before_and_doubles_nothing() throws Exception {
        Map<String, String> settings = Map.of(
                "logging_collector", "on",
                "log_directory", "server logs",
                "log_filename", "server.log",
                "log_destination", "stderr",
                "log_statement", "mod");
        try (PostgresServer server = PostgresFixture.start(majors().get(0), settings)) {
            String database = server.createDatabase();
            run(server, database, "create table early (id int)", "truncate early");
            run(server, database, "alter system set log_destination = 'stderr, csvlog'", "select pg_reload_conf()");
            Thread.sleep(2_500); // more than files that begin together are apart
            run(server, database, "create table late (id int)", "truncate late");
            awaitInEveryFile(server, "truncate late");

            Result result = read(Postgres.at(server.jdbcUrl("postgres")).dataSource());

            assertThat(of(result, "early")).containsExactly("TRUNCATE early ?");
            assertThat(of(result, "late")).containsExactly("TRUNCATE late " + database);

            run(server, database, "alter system set logging_collector = off");
            server.restart();
            Result old = read(Postgres.at(server.jdbcUrl("postgres")).dataSource());
            assertThat(of(old, "late")).containsExactly("TRUNCATE late " + database);
            assertThat(old.gaps())
                    .contains("the log of now: logging_collector is off, and the files in log_directory are of before");
        }
    }

    // ---- what happens while it is read

    /** Real connections; before that value is bound for that file, something happens to it. */
    private static DataSource disturbed(PostgresServer server, Object value, Path file, Fate fate) {
        AtomicBoolean happened = new AtomicBoolean();
        String[] asked = {""};
        return (DataSource) watched(
                Postgres.at(server.jdbcUrl("postgres")).dataSource(), DataSource.class, (i, bind) -> {
                    asked[0] = i == 1 ? bind : asked[0];
                    boolean wanted = i <= 2 && bind.equals(value) && asked[0].endsWith("" + file.getFileName());
                    if (wanted && happened.compareAndSet(false, true)) {
                        fate.of(file);
                    }
                });
    }

    @FunctionalInterface
    private interface Watcher {
        void bound(int index, String value) throws IOException;
    }

    /** The same thing, of whose statements the values are seen before they are bound. */
    private static Object watched(Object real, Class<?> type, Watcher watcher) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getName().equals("setObject")) {
                watcher.bound((int) arguments[0], String.valueOf(arguments[1]));
            }
            try {
                Object result = method.invoke(real, arguments);
                return result instanceof PreparedStatement
                        ? watched(result, PreparedStatement.class, watcher)
                        : result instanceof Connection ? watched(result, Connection.class, watcher) : result;
            } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
            }
        });
    }

    private static void append(Path file, byte[] bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            out.write(bytes);
        }
    }

    private static void cut(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    @Test
    void what_happens_to_a_file_while_it_is_read_is_told() throws Exception {
        PostgresServer server = server(majors().get(0));
        Path file = folder(server).resolve("copied.log"); // no collector writes it
        String head = "<2026-11-23 04:00:00.000 UTC> 7 u/d: LOG:  statement: ";
        byte[] first = (head + "truncate beginning\n").getBytes(UTF_8);
        byte[] many = (head + "select 1\n").repeat(4_000).getBytes(UTF_8);
        byte[] last = (head + "truncate ending\n").getBytes(UTF_8);
        Map<String, Fate> fates = Map.of(
                "the end of the log: the file was cut to 150000 bytes", f -> cut(f, 150_000),
                "the end of the log: the file was cut to 65536 bytes", f -> cut(f, 65_536),
                "the server removed or renamed the file", Files::delete,
                "what was written while it was read: the file grew by 5 bytes",
                        f -> append(f, "more\n".getBytes(UTF_8)),
                "a part of the log: the file was overwritten",
                        f -> {
                            cut(f, 0);
                            append(f, last);
                            append(f, many);
                            append(f, many);
                        });
        for (Map.Entry<String, Fate> entry : fates.entrySet()) {
            Files.write(file, first);
            append(file, many);
            append(file, last);

            Result result = read(disturbed(server, SECOND_PART, file, entry.getValue()));

            assertThat(of(result, "beginning")).as(entry.getKey()).hasSize(1);
            assertThat(result.gaps())
                    .as(entry.getKey())
                    .anyMatch(gap -> gap.startsWith("copied.log: ") && gap.contains(entry.getKey()));
        }
        Files.write(file, first);

        Result result = read(disturbed(server, "copied.log", file, f -> cut(f, 1)));

        assertThat(result.gaps())
                .anyMatch(gap -> gap.startsWith("copied.log: a part of the log: the file was cut from"));
        Files.delete(file);
    }
}
