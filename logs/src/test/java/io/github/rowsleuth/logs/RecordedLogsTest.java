package io.github.rowsleuth.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.logs.Logs.Result;
import io.github.rowsleuth.probe.DeletionCluster;
import io.github.rowsleuth.probe.ObservedStatement;
import io.github.rowsleuth.probe.ServerTrace;
import io.github.rowsleuth.probe.Visibility;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Logs of real servers; what is expected was read in them by eye. */
class RecordedLogsTest {

    private static Result read(String name) {
        return Logs.read(PostgresLogs.in(Logs.recorded(name)));
    }

    @Test
    void the_default_settings_show_failed_statements_only_and_the_answer_says_so() {
        Result result = read("s01-default-none-mp");

        assertThat(result.seen())
                .containsExactly(
                        "13732 DELETE orders FAILED 23503",
                        "13734 DELETE customer FAILED 42501",
                        "13736 DELETE orderz FAILED 42P01",
                        "13738 TRUNCATE orders FAILED 0A000",
                        "13740 DROP TABLE orders FAILED 2BP01",
                        "13747 DELETE orders FAILED 57014");
        assertThat(result.answer().clusters()).isEmpty();
        assertThat(result.answer().visibility().degree()).isEqualTo(Visibility.Degree.BLIND);
        assertThat(result.gaps()).containsExactly("log_statement = none, as far as this log tells");
    }

    @Test
    void every_evidence_says_when_and_where_it_was_read() {
        Result result = read("s01-default-none-mp");

        assertThat(result.evidence()
                        .get(result.evidence().size() - 1)
                        .provenance()
                        .source())
                .isEqualTo("s01-default-none-mp.log");
        ObservedStatement first = result.answer().seen().get(0);
        assertThat(first.moment()).isEqualTo(Moment.at(Instant.parse("2026-11-23T03:09:50.419Z")));
        assertThat(result.evidence())
                .filteredOn(e -> e.id().equals(first.evidence()))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.provenance()).isEqualTo(new Provenance("s01-default-none-mp.log", "line 1"));
                    assertThat(e.excerpt().orElseThrow().text()).isEqualTo("delete from orders where id = ?");
                });
    }

    @Test
    void the_message_of_a_failure_keeps_identifiers_and_no_values() {
        List<ObservedStatement> seen = read("s01-default-none-mp").answer().seen();

        assertThat(seen.get(0).message())
                .contains("update or delete on table \"orders\" violates foreign key constraint"
                        + " \"invoice_order_id_fkey\" on table \"invoice\"");
        assertThat(seen.toString()).doesNotContain("19500").doesNotContain("3000");
    }

    @Test
    void the_setting_mod_shows_every_statement_once_though_failed_ones_are_logged_twice() {
        Result result = read("s02-debian-mod");

        assertThat(result.seen())
                .containsExactly(
                        "13778 TRUNCATE customer, orders, invoice UNKNOWN",
                        "13830 DELETE orders UNKNOWN",
                        "13832 DELETE orders UNKNOWN",
                        "13834 DELETE customer UNKNOWN",
                        "13836 DELETE orders FAILED 23503",
                        "13838 DELETE customer FAILED 42501",
                        "13840 DELETE orderz FAILED 42P01",
                        "13842 TRUNCATE orders FAILED 0A000",
                        "13844 DROP TABLE orders FAILED 2BP01",
                        "13850 DELETE orders UNKNOWN",
                        "13850 DELETE orders UNKNOWN",
                        "13850 DELETE orders UNKNOWN",
                        "13850 DELETE orders UNKNOWN",
                        "13850 DELETE orders UNKNOWN",
                        "13850 DELETE orders UNKNOWN",
                        "13850 DELETE orders UNKNOWN",
                        "13850 MERGE DELETE orders UNKNOWN",
                        "13850 DELETE orders FAILED 57014",
                        "13850 TRUNCATE tt UNKNOWN",
                        "13850 DROP TABLE tt UNKNOWN",
                        "13852 DELETE orders UNKNOWN",
                        "13856 DELETE orders UNKNOWN",
                        "13856 DELETE orders UNKNOWN",
                        "13859 DELETE orders UNKNOWN",
                        "13859 DELETE orders UNKNOWN");
        assertThat(result.answer().visibility().degree()).isEqualTo(Visibility.Degree.PARTLY);
        assertThat(result.answer().visibility().reason()).isEqualTo("log_statement = mod, as far as this log tells");
    }

    @Test
    void users_and_databases_come_from_the_debian_prefix() {
        List<ObservedStatement> seen = read("s02-debian-mod").answer().seen();

        assertThat(seen).allSatisfy(s -> assertThat(s.database()).contains("shop"));
        assertThat(seen)
                .filteredOn(s -> s.user().equals(Optional.of("reporting")))
                .hasSize(1);
    }

    @Test
    void statements_of_one_session_that_follow_each_other_are_a_cluster_without_the_failed_ones() {
        List<DeletionCluster> clusters = read("s02-debian-mod").answer().clusters();

        assertThat(clusters).extracting(c -> c.statements().size()).containsExactly(10, 2, 2);
        assertThat(clusters.get(0).span())
                .isEqualTo(Moment.between(
                        Instant.parse("2026-11-23T03:09:53.109Z"), Instant.parse("2026-11-23T03:09:53.150Z")));
        assertThat(clusters.get(0).tables()).containsExactly(TableName.parse("orders"), TableName.parse("tt"));
    }

    @Test
    void the_setting_all_shows_how_transactions_ended() {
        List<String> inBlocks = read("s05-debian-all").seen().stream()
                .filter(line -> line.startsWith("14115 DELETE"))
                .toList();

        assertThat(inBlocks)
                .startsWith(
                        "14115 DELETE orders ROLLED_BACK", // 2101 to 2200
                        "14115 DELETE orders COMMITTED", // 2201 to 2300
                        "14115 DELETE orders ROLLED_BACK", // 2301 to 2400, to a savepoint
                        "14115 DELETE orders COMMITTED", // execute p(2501)
                        "14115 DELETE orders COMMITTED", // execute p(2502)
                        "14115 DELETE orders COMMITTED"); // current of c
        assertThat(read("s05-debian-all").answer().visibility().degree()).isEqualTo(Visibility.Degree.SHOWS);
    }

    @Test
    void durations_show_that_single_statements_were_committed_and_the_prefix_gives_transactions() {
        Result result =
                Logs.read(PostgresLogs.in(Logs.recorded("s06-debian-mindur0")).withPrefix("%m [%p] %q%u@%d %x "));

        assertThat(result.seen())
                .filteredOn(line -> line.startsWith("14282 "))
                .containsExactly("14282 DELETE orders COMMITTED");
        assertThat(result.seen())
                .filteredOn(line -> line.startsWith("14291 "))
                .containsExactly("14291 DELETE orders COMMITTED", "14291 DELETE orders COMMITTED");
        assertThat(result.answer().seen())
                .filteredOn(s -> s.pid().equals(Optional.of(14291L)))
                .extracting(s -> s.transaction().orElseThrow())
                .containsExactly(886L, 887L);
        assertThat(result.answer().visibility().degree()).isEqualTo(Visibility.Degree.SHOWS);
    }

    @Test
    void terse_errors_are_failures_as_well() {
        assertThat(read("s10-terse").seen())
                .containsExactly(
                        "14758 DELETE orders FAILED 23503",
                        "14760 DELETE customer FAILED 42501",
                        "14762 DELETE orderz FAILED 42P01",
                        "14764 TRUNCATE orders FAILED 0A000",
                        "14770 DROP TABLE orders FAILED 2BP01",
                        "14776 DELETE orders FAILED 57014");
    }

    @Test
    void the_setting_ddl_shows_drops_and_no_deletes() {
        Result result = read("s12-ddl");

        assertThat(result.seen())
                .containsExactly(
                        "14973 DELETE orders FAILED 23503",
                        "14975 DELETE customer FAILED 42501",
                        "14977 DELETE orderz FAILED 42P01",
                        "14979 TRUNCATE orders FAILED 0A000",
                        "14981 DROP TABLE orders FAILED 2BP01",
                        "14988 DELETE orders FAILED 57014",
                        "14988 DROP TABLE tt UNKNOWN");
        assertThat(result.answer().visibility().reason()).startsWith("log_statement = ddl");
    }

    @Test
    void errors_without_their_statements_are_a_gap() {
        Result result = read("s13-minerr-panic");

        assertThat(result.seen()).isEmpty();
        assertThat(result.gaps()).contains("the statements of 6 errors");
        assertThat(result.answer().visibility().degree()).isEqualTo(Visibility.Degree.BLIND);
    }

    @Test
    void the_statement_inside_of_a_failed_function_is_found_in_its_context() {
        Result result = read("s22-context-default");

        assertThat(result.seen())
                .containsExactly("21418 DELETE orders FAILED 23503", "21425 DELETE customer FAILED 23503");
    }

    @Test
    void vacuums_and_checkpoints_bound_the_loss_in_time() {
        Result result = read("s26-autovac-ckpt");

        assertThat(result.traces(ServerTrace.Kind.AUTOVACUUM))
                .containsExactly(
                        "autovacuum of public.customer in shop removed 0 dead rows, 20000 remained",
                        "autovacuum of public.orders in shop removed 1 dead rows, 19995 remained",
                        "autovacuum of public.invoice in shop removed 0 dead rows, 1001 remained",
                        "autovacuum of public.big in shop removed 0 dead rows, 300000 remained",
                        "autovacuum of public.big in shop removed 250000 dead rows, 49997 remained");
        assertThat(result.traces(ServerTrace.Kind.CHECKPOINT))
                .filteredOn(t -> t.startsWith("a checkpoint wrote"))
                .containsExactly(
                        "a checkpoint wrote 758 buffers and synced 0 files",
                        "a checkpoint wrote 20 buffers and synced 0 files",
                        "a checkpoint wrote 804 buffers and synced 0 files",
                        "a checkpoint wrote 3279 buffers and synced 0 files",
                        "a checkpoint wrote 2338 buffers and synced 0 files");
        assertThat(result.answer().traces())
                .filteredOn(t -> t.summary().contains("250000"))
                .singleElement()
                .satisfies(t -> {
                    assertThat(t.tables()).containsExactly(TableName.of("public", "big"));
                    assertThat(t.moment()).isEqualTo(Moment.at(Instant.parse("2026-11-23T03:12:06.651Z")));
                });
    }

    @Test
    void a_crash_tells_what_ran_and_undid_it() {
        Result result = read("s27-crash-default");

        assertThat(result.seen()).containsExactly("23995 DELETE big ROLLED_BACK");
        assertThat(result.traces(ServerTrace.Kind.LIFE_CYCLE))
                .containsExactly(
                        "server process (PID 23995) was terminated by signal 9",
                        "database system was interrupted; last known up at 2026-11-23 04:12:04 CET",
                        "database system was not properly shut down; automatic recovery in progress",
                        "database system is ready to accept connections");
        assertThat(result.traces(ServerTrace.Kind.SETTING_CHANGED))
                .contains("log_statement changed to mod", "log_line_prefix changed to %m [%p] %q%u@%d app=%a ");
    }

    @Test
    void statement_text_can_not_forge_a_record_and_role_names_may_hold_anything() {
        Result result = Logs.read(PostgresLogs.in(Logs.recorded("s28-spoof")).withPrefix("%m [%p] %q%u@%d app=%a "));

        assertThat(result.seen()).noneSatisfy(line -> assertThat(line).contains("DROP TABLE orders"));
        assertThat(result.answer().seen())
                .filteredOn(s -> s.pid().equals(Optional.of(24431L)))
                .singleElement()
                .satisfies(s -> {
                    assertThat(s.user()).contains("a b@c d");
                    assertThat(s.database()).contains("shop");
                    assertThat(s.application()).contains("psql");
                });
        assertThat(result.coverage().detail()).contains("1 are not UTF-8");
    }

    @Test
    void the_window_of_the_incident_decides_whether_the_log_could_have_shown_it() {
        Result later = Logs.read(
                PostgresLogs.in(Logs.recorded("s02-debian-mod")),
                Investigation.of("public.orders").lostBetween("2026-11-24T00:00Z", "2026-11-25T00:00Z"));

        assertThat(later.answer().visibility().degree()).isEqualTo(Visibility.Degree.UNKNOWN);
        assertThat(later.answer().seen()).hasSize(25);
        assertThat(later.gaps()).anySatisfy(gap -> assertThat(gap).startsWith("the log after 2026-11-23T03:09:5"));
    }

    @Test
    void a_log_ends_up_equal_when_it_is_read_twice() {
        assertThat(read("s02-debian-mod").outcome())
                .isEqualTo(read("s02-debian-mod").outcome());
    }
}
