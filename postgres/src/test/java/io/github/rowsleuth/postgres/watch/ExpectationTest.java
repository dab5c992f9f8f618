package io.github.rowsleuth.postgres.watch;

import static io.github.rowsleuth.postgres.watch.Expectation.noDeletions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectationTest {

    private static Deletion.Builder deletion(String table) {
        return Deletion.builder()
                .kind(DeletionKind.DELETE)
                .subject("public." + table)
                .table(TableName.of("public", table))
                .end(TransactionEnd.COMMITTED);
    }

    private static Deletion rows(String table, long rows) {
        return deletion(table).rows(rows).build();
    }

    private static Deletion by(String application, String table, long rows) {
        Author author = new Author(application, "app", 1, 1, Instant.EPOCH, Optional.empty(), Optional.empty());
        return deletion(table).rows(rows).author(author).build();
    }

    private static Deletion dropped(String table) {
        return deletion(table).kind(DeletionKind.DROP_TABLE).build();
    }

    private static Deletion attempt(long rows) {
        return Deletion.builder()
                .kind(DeletionKind.DELETE)
                .subject("tables not known")
                .rows(rows)
                .end(TransactionEnd.ABORTED)
                .build();
    }

    static Stream<Arguments> sentences() {
        Expectation sessions = noDeletions().allowing("sessions", 10);
        Expectation three = noDeletions().expectingExactly(3, "public.orders");
        return Stream.of(
                Arguments.of(noDeletions(), List.of(), true),
                Arguments.of(noDeletions(), List.of(rows("orders", 1)), false),
                Arguments.of(noDeletions(), List.of(attempt(9)), true),
                Arguments.of(noDeletions().failingOnAttempts(), List.of(attempt(9)), false),
                Arguments.of(sessions, List.of(rows("sessions", 4), rows("sessions", 6)), true),
                Arguments.of(sessions, List.of(rows("sessions", 4), rows("sessions", 7)), false),
                Arguments.of(sessions, List.of(rows("sessions", 1), rows("orders", 1)), false),
                Arguments.of(sessions, List.of(dropped("sessions")), false),
                Arguments.of(noDeletions().allowing("sessions"), List.of(dropped("sessions")), true),
                Arguments.of(noDeletions().allowing("audit.sessions"), List.of(rows("sessions", 1)), false),
                Arguments.of(three, List.of(rows("orders", 3)), true),
                Arguments.of(three, List.of(rows("orders", 2)), false),
                Arguments.of(three, List.of(rows("orders", 4)), false),
                Arguments.of(three, List.of(), false),
                Arguments.of(noDeletions().expectingExactly(0, "orders"), List.of(), true),
                Arguments.of(noDeletions().allowingApplication("cleaner"), List.of(by("cleaner", "orders", 5)), true),
                Arguments.of(noDeletions().allowingApplication("cleaner"), List.of(by("Cleaner", "orders", 5)), false),
                Arguments.of(noDeletions().allowingApplication("cleaner"), List.of(rows("orders", 5)), false),
                Arguments.of(
                        noDeletions().allowingRowsBornMeanwhile(),
                        List.of(deletion("orders").rows(2L).bornMeanwhile(2).build()),
                        true),
                Arguments.of(
                        noDeletions().allowingRowsBornMeanwhile(),
                        List.of(deletion("orders").rows(2L).bornMeanwhile(1).build()),
                        false),
                Arguments.of(
                        noDeletions().allowing("m", 5),
                        List.of(deletion("m1")
                                .root(TableName.of("public", "m"))
                                .rows(5L)
                                .build()),
                        true),
                // What is said later is asked first: the exact number is that of the test, the limit that of all tests.
                Arguments.of(
                        sessions.with(noDeletions().expectingExactly(20, "sessions")),
                        List.of(rows("sessions", 20)),
                        true),
                Arguments.of(
                        noDeletions().allowing("sessions", 1).allowing("sessions"),
                        List.of(rows("sessions", 2)),
                        false));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void a_sentence_holds_or_does_not(Expectation expectation, List<Deletion> deletions, boolean holds) {
        assertThat(new Deletions(deletions, List.of()).violations(expectation).isPresent())
                .isEqualTo(!holds);
    }

    @Test
    void every_violation_is_a_message_of_its_own() {
        Deletions deletions = new Deletions(
                List.of(rows("a", 1), dropped("b"), rows("a", 2)),
                List.of(
                        new BlindSpot(new Gap("watch", "a table", "unseen", "look"), true),
                        new BlindSpot(new Gap("watch", "who", "unknown", "ask"), false)));

        assertThat(deletions.violations(noDeletions().expectingExactly(1, "c")).messages())
                .map(message -> message.lines().findFirst().orElseThrow())
                .containsExactly(
                        "public.a: expected no deletions, found 3 rows deleted",
                        "public.b: expected no deletions, found DROP TABLE",
                        "c: expected exactly 1 deleted rows in c, found none",
                        "nobody can tell whether rows were deleted: a table: unseen (look)");
        assertThat(deletions.unexpected(noDeletions().allowing("b").allowing("a", 2)))
                .extracting(Deletion::subject)
                .containsExactly("public.a", "public.a");
        assertThat(deletions.complete()).isFalse();
        assertThat(deletions).hasToString("""
                public.a: DELETE of 3 rows, in 2 statements
                public.b: DROP TABLE
                not seen: a table: unseen (look)
                not seen: who: unknown (ask)""");
    }

    @Test
    void an_expectation_reads_as_a_sentence() {
        assertThat(noDeletions()).hasToString("no deletions");
        assertThat(noDeletions()
                        .allowing("s", 10)
                        .expectingExactly(3, "o")
                        .allowingApplication("cleaner")
                        .allowingRowsBornMeanwhile())
                .hasToString(
                        "no deletions, but at most 10 deleted rows in s, exactly 3 deleted rows in o, any deleted rows by"
                                + " the application 'cleaner', any deleted rows that were inserted meanwhile");
    }

    @Test
    void a_negative_number_is_refused() {
        assertThatThrownBy(() -> noDeletions().allowing("t", -1)).hasMessage("expected a number of rows, found -1");
    }

    @Test
    void a_long_story_is_cut() {
        List<Deletion> many = Stream.iterate(1L, n -> n + 1)
                .limit(8)
                .map(n -> by("app" + n, "t", n))
                .toList();

        assertThat(new Deletions(many, List.of()).violations(noDeletions()).messages())
                .singleElement()
                .asString()
                .contains("found 36 rows deleted", "by app5", "and 3 statements more")
                .doesNotContain("app6");
    }
}
