package io.github.rowsleuth.postgres.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.postgres.watch.Sandbox;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same classes, run by the oldest JUnit that is promised, the one of this build and the newest. */
class DeletionWatchTest {

    private static final String FRAMEWORKS = FrameworkSamples.class.getName() + "$";
    private static final String SAMPLES = WatchedSamples.class.getName() + "$";

    /** The build copies the two others here. */
    private static final Path JUNIT = Path.of(System.getProperty("rowsleuth.junit", "target/junit"));

    private static final String LEFT = """
            select (select count(*) from pg_namespace where nspname = 'rowsleuth_watch')
                 + (select count(*) from pg_trigger where tgname like 'rowsleuth%')
                 + (select count(*) from pg_event_trigger)""";

    private static final String NO_ORDER =
            ": FAILED UnexpectedDeletionError public.orders: expected no deletions, found ";

    @ParameterizedTest
    @CsvSource({"5.10, 5.10.", "5.14, 5.14.", "6, 6."})
    void tests_fail_for_what_they_delete_and_for_nothing_else(String junit, String version) throws Exception {
        Sandbox database = database();

        List<String> lines = run(
                junit,
                database,
                SAMPLES + "Registered",
                SAMPLES + "Annotated",
                SAMPLES + "WithoutDatabase",
                SAMPLES + "Outside",
                SAMPLES + "Inside",
                SAMPLES + "Attempted");

        assertThat(lines.get(0)).startsWith("JUnit " + version);
        assertThat(lines.subList(1, lines.size()))
                .map(line -> line.replaceFirst("(expected a field|expected @AllowDeletions).*", "$1"))
                .containsExactly(
                        "attempt_fails_if_wanted: FAILED UnexpectedDeletionError tables not known: expected no deletions,"
                                + " found 2 rows deleted",
                        "class_allows_one: SUCCESSFUL",
                        "class_does_not_allow_two: FAILED UnexpectedDeletionError orders: expected at most 1 deleted rows in"
                                + " orders, found 2 rows deleted",
                        "deletes" + NO_ORDER + "3 rows deleted",
                        "deletes_as_many_as_it_says: SUCCESSFUL",
                        "deletes_as_somebody_allowed: SUCCESSFUL",
                        "deletes_fewer_than_it_says: FAILED UnexpectedDeletionError orders: expected exactly 2 deleted rows"
                                + " in orders, found 1 row deleted",
                        "deletes_its_own_rows: SUCCESSFUL",
                        "deletes_nothing: SUCCESSFUL",
                        "deletes_what_every_test_may: SUCCESSFUL",
                        "fails_and_deletes: FAILED AssertionFailedError expected: <1> but was: <2>, and"
                                + " UnexpectedDeletionError public.orders: expected no deletions, found 1 row deleted",
                        "has_no_field: FAILED WatchException expected a field",
                        "looks_meanwhile: SUCCESSFUL",
                        "nested_and_allowed: SUCCESSFUL",
                        "nested_and_not_allowed" + NO_ORDER + "3 rows deleted",
                        "repeats" + NO_ORDER + "1 row deleted",
                        "repeats" + NO_ORDER + "1 row deleted",
                        "says_two_things_at_once: FAILED IllegalArgumentException expected @AllowDeletions",
                        "watch_inside_of_a_rollback: SUCCESSFUL",
                        "watch_outside_of_a_rollback: SUCCESSFUL");
        assertThat(database.value(LEFT)).isEqualTo("0");
    }

    @Test
    void transactions_of_spring_are_over_before_the_watch_looks() throws SQLException {
        Sandbox database = database();

        List<String> lines = run(database, "WatchAbove", "WatchBelow", "WatchWithinTheTransaction");

        assertThat(lines)
                .map(line -> line.replaceFirst("found that of the test's transaction.*", "found"))
                .containsExactly(
                        "above_deletes_and_commits" + NO_ORDER + "1 row deleted",
                        "above_deletes_and_is_rolled_back: SUCCESSFUL",
                        "above_deletes_in_a_new_transaction" + NO_ORDER + "1 row deleted",
                        "above_deletes_in_another_thread: SUCCESSFUL",
                        "below_deletes_and_commits" + NO_ORDER + "1 row deleted",
                        "below_deletes_and_is_rolled_back: SUCCESSFUL",
                        "would_watch_through_the_connection_of_the_test: FAILED WatchException expected a connection of the"
                                + " watch's own, found");
    }

    @Test
    void a_container_of_testcontainers_is_found_in_its_field() throws SQLException {
        Sandbox database = database();

        assertThat(run(database, "Contained")).containsExactly("deletes_in_a_container" + NO_ORDER + "1 row deleted");
    }

    private static Sandbox database() throws SQLException {
        return Sandbox.on(Sandbox.newest())
                .run(
                        "create table orders(id int primary key)",
                        "create table sessions(id int)",
                        "insert into orders select generate_series(1, 5)");
    }

    private static List<String> run(Sandbox database, String... samples) {
        System.setProperty(SampleDatabase.URL, database.server().jdbcUrl(database.name()));
        List<String> lines = SampleRun.of(
                Stream.of(samples).map(sample -> FRAMEWORKS + sample).toArray(String[]::new));
        return lines.subList(1, lines.size());
    }

    private static List<String> run(String junit, Sandbox database, String... samples) throws Exception {
        System.setProperty(SampleDatabase.URL, database.server().jdbcUrl(database.name()));
        if (junit.equals("5.14")) {
            return SampleRun.of(samples);
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader other = new URLClassLoader(classPath(junit), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(other);
            Object lines = other.loadClass(SampleRun.class.getName())
                    .getMethod("of", String[].class)
                    .invoke(null, (Object) samples);
            return ((List<?>) lines).stream().map(String::valueOf).toList();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** What this test runs with, and another JUnit. */
    private static URL[] classPath(String junit) throws IOException {
        Stream<Path> own = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> !path.getFileName().toString().startsWith("junit-"));
        try (Stream<Path> other = Files.list(JUNIT.resolve(junit))) {
            List<Path> jars = other.toList();
            assertThat(jars).hasSizeGreaterThan(4);
            return Stream.concat(own, jars.stream()).map(DeletionWatchTest::url).toArray(URL[]::new);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
