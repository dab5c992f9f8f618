package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.server.Tombstone;
import io.github.rowsleuth.server.Tombstones;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TombstonesOnEveryMajorTest {

    private static final int SUMMARIES = 17;

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static long file(Database database, String relation) throws Exception {
        return Long.parseLong(database.value("select pg_relation_filenode('" + relation + "')"));
    }

    private static Optional<Tombstone> mark(Tombstones tombstones, Tombstone.Kind kind, long file) {
        return tombstones.all().stream()
                .filter(t -> t.kind() == kind && t.file() == file)
                .findFirst();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void removed_files_leave_a_mark_until_the_next_checkpoint(int major) throws Exception {
        Database database = Database.on(major)
                .run(
                        "checkpoint",
                        "create table kept(id int primary key, t text)",
                        "create table truncated(id int primary key, t text)",
                        "create table dropped(id int)",
                        "insert into truncated values (1)",
                        "insert into dropped values (1)",
                        "create table empty(id int)");
        long truncated = file(database, "truncated");
        long index = file(database, "truncated_pkey");
        long dropped = file(database, "dropped");
        long empty = file(database, "empty");
        Instant before = Instant.now();
        database.run("truncate truncated", "drop table dropped", "reindex table kept");
        Instant after = Instant.now();
        Notebook notebook = Notebook.on("public.truncated");

        Tombstones tombstones = Postgres.at(database.url()).tombstones().examine(notebook);

        Tombstone mark = mark(tombstones, Tombstone.Kind.EMPTY_FILE, truncated).orElseThrow();
        assertThat(mark.table()).contains(TableName.of("public", "truncated"));
        assertThat(mark.moment().latest().orElseThrow()).isAfterOrEqualTo(before);
        assertThat(mark.moment().earliest().orElseThrow()).isBetween(before.minusSeconds(1), after);
        assertThat(mark.from()).isEmpty();
        Tombstone gone = mark(tombstones, Tombstone.Kind.EMPTY_FILE, dropped).orElseThrow();
        assertThat(gone.table()).as("nothing tells whose it was").isEmpty();
        assertThat(mark(tombstones, Tombstone.Kind.EMPTY_FILE, index))
                .as("a mere index")
                .isEmpty();
        assertThat(mark(tombstones, Tombstone.Kind.EMPTY_FILE, empty))
                .as("a live table")
                .isEmpty();
        assertThat(notebook.summaries())
                .contains("the file " + truncated
                        + ", once that of public.truncated, was emptied, by TRUNCATE or a rewrite of the table")
                .anyMatch(s -> s.matches("\\d+ files? of no relation that is there now \\(.*\\b" + dropped + "\\b.*"));
        assertThat(notebook.coverage().extent())
                .isEqualTo(major < SUMMARIES ? Coverage.Extent.COMPLETE : Coverage.Extent.PARTIAL);
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .isEqualTo(major < SUMMARIES ? List.of() : List.of("summarize_wal = off"));

        database.run("checkpoint");
        assertThat(Postgres.at(database.url())
                        .tombstones()
                        .examine(Notebook.on("public.truncated"))
                        .all())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void listing_files_needs_two_functions(int major) throws Exception {
        Database database = Database.on(major);
        String role = database.name() + "_plain";
        database.run("create role " + role + " login in role pg_monitor");
        Postgres postgres = Postgres.at(database.bareUrl(), role, "");
        String functions =
                "FUNCTION pg_catalog.pg_ls_dir(text, boolean, boolean), pg_catalog.pg_stat_file(text, boolean)";
        String remedy = "GRANT EXECUTE ON " + functions + " TO " + role;

        if (major < SUMMARIES) {
            ProbeUnavailableException refusal = catchThrowableOfType(
                    ProbeUnavailableException.class, () -> postgres.tombstones().examine(Notebook.on("public.t")));
            assertThat(refusal.remedy()).isEqualTo(remedy);
        } else {
            Notebook notebook = Notebook.on("public.t");
            assertThat(postgres.tombstones().examine(notebook).all()).isEmpty();
            assertThat(notebook.gaps).extracting(Gap::remedy).contains(remedy);
            assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
        }
        database.run("grant execute on " + functions + " to " + role);
        Notebook granted = Notebook.on("public.t");
        postgres.tombstones().examine(granted);
        assertThat(granted.gaps).extracting(Gap::remedy).doesNotContain(remedy);
    }

    /** On the server of the log tests, whose tablespaces need no directory. */
    @ParameterizedTest
    @MethodSource("majorsWithLog")
    void every_tablespace_is_looked_into(int major) throws Exception {
        Database database = WalStage.on(major).database();
        database.run(
                "create tablespace " + database.name() + " location ''",
                "create table t(id int) tablespace " + database.name(),
                "insert into t values (1)");
        long file = file(database, "t");
        database.run("truncate t");

        Tombstones tombstones = Postgres.at(database.url()).tombstones().examine(Notebook.on("public.t"));

        assertThat(mark(tombstones, Tombstone.Kind.EMPTY_FILE, file)
                        .orElseThrow()
                        .table())
                .contains(TableName.of("public", "t"));
    }

    static List<Integer> majorsWithLog() {
        return WalStage.majors();
    }

    @Test
    void summaries_tell_long_after_the_checkpoint_and_to_everybody() throws Exception {
        for (int major : majors().stream().filter(m -> m >= SUMMARIES).toList()) {
            Database database = WalStage.on(major).database();
            String role = database.name() + "_plain";
            database.run(
                    "create role " + role + " login",
                    "alter system set summarize_wal = on",
                    "select pg_reload_conf()",
                    "create table truncated(id int primary key)",
                    "create table dropped(id int)",
                    "create table fresh(id int)",
                    "insert into truncated values (1)");
            long truncated = file(database, "truncated");
            long dropped = file(database, "dropped");
            long fresh = file(database, "fresh");
            database.run("truncate truncated", "drop table dropped");
            String done = database.value("select pg_current_wal_lsn()");
            long present = file(database, "truncated");
            database.run("checkpoint");
            eventually(database, "select max(end_lsn) >= '" + done + "' from pg_available_wal_summaries()");
            Notebook notebook = Notebook.on("public.truncated");

            Tombstones tombstones =
                    Postgres.at(database.bareUrl(), role, "").tombstones().examine(notebook);

            assertThat(mark(tombstones, Tombstone.Kind.EMPTY_FILE, truncated)).isEmpty();
            Tombstone old =
                    mark(tombstones, Tombstone.Kind.WAL_SUMMARY, truncated).orElseThrow();
            Tombstone now =
                    mark(tombstones, Tombstone.Kind.WAL_SUMMARY, present).orElseThrow();
            assertThat(old.table()).contains(TableName.of("public", "truncated"));
            assertThat(now.table()).contains(TableName.of("public", "truncated"));
            assertThat(now.from().orElseThrow()).isLessThan(now.to().orElseThrow());
            assertThat(mark(tombstones, Tombstone.Kind.WAL_SUMMARY, dropped)
                            .orElseThrow()
                            .table())
                    .isEmpty();
            assertThat(mark(tombstones, Tombstone.Kind.WAL_SUMMARY, fresh))
                    .as("merely created")
                    .isEmpty();
            assertThat(notebook.coverage().detail()).contains(" summaries of the write-ahead log from ");
            database.run("alter system reset summarize_wal", "select pg_reload_conf()");
        }
    }

    private static void eventually(Database database, String sql) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!database.value(sql).equals("t") && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(database.value(sql)).isEqualTo("t");
    }
}
