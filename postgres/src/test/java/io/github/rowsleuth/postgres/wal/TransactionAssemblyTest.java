package io.github.rowsleuth.postgres.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.postgres.wal.LogRecord.Kind;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What no real server would do in the time of a test: masses, and records in any order. */
class TransactionAssemblyTest {

    private static final long DATABASE = 16_384;
    private static final String FILE = "1663/16384/16400";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static LogRecord entry(Kind kind, String type, long xid, String relation, String detail, long at) {
        return new LogRecord(kind, type, xid, relation, detail, 1, new Lsn(at), new Lsn(at), new Lsn(at + 8));
    }

    private static LogRecord delete(long xid, String file, long rows, long at) {
        return new LogRecord(
                Kind.DELETE, "DELETE", xid, file, "00", rows, new Lsn(at), new Lsn(at + rows), new Lsn(at + rows + 8));
    }

    private static String time(long seconds) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                        .withZone(ZoneOffset.UTC)
                        .format(NOON.plusSeconds(seconds))
                + "+00";
    }

    private static LogRecord commit(long xid, long at, long seconds) {
        return entry(Kind.END, "COMMIT", xid, "", time(seconds), at);
    }

    private static TransactionAssembly assembly() {
        return new TransactionAssembly(DATABASE, file -> file.number() == 16_401);
    }

    @Test
    void the_order_of_records_within_a_part_does_not_matter() {
        List<LogRecord> part = new ArrayList<>(List.of(
                delete(700, FILE, 3, 100),
                delete(701, FILE, 4, 110),
                commit(700, 120, 1),
                entry(Kind.END, "COMMIT", 701, "", time(2) + "; subxacts: 702", 130),
                delete(702, FILE, 5, 115)));
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(part, new Random(seed));
            TransactionAssembly assembly = assembly();
            assembly.add(part);

            assertThat(assembly.ended()).extracting(LoggedTransaction::xid).containsExactly(700L, 701L);
            assertThat(assembly.ended()).extracting(LoggedTransaction::rows).containsExactly(3L, 9L);
            assertThat(assembly.open()).isEmpty();
        }
    }

    @Test
    void a_transaction_may_stretch_over_parts() {
        TransactionAssembly assembly = assembly();
        assembly.add(List.of(delete(700, FILE, 3, 100)));
        assembly.add(List.of(delete(700, FILE, 4, 200)));
        assertThat(assembly.ended()).isEmpty();
        assertThat(assembly.open()).extracting(LoggedTransaction::rows).containsExactly(7L);

        assembly.add(List.of(commit(700, 300, 1)));

        assertThat(assembly.ended()).extracting(LoggedTransaction::rows).containsExactly(7L);
        assertThat(assembly.ended().get(0).first()).contains(new Lsn(100));
        assertThat(assembly.open()).isEmpty();
    }

    @Test
    void moves_to_other_partitions_and_failed_insertions_are_no_deletions() {
        TransactionAssembly assembly = assembly();
        LogRecord move = entry(Kind.DELETE, "DELETE", 700, FILE, "10", 100);
        LogRecord speculative = entry(Kind.DELETE, "DELETE", 700, FILE, "08", 110);
        LogRecord withOldRow = entry(Kind.DELETE, "DELETE", 700, FILE, "03", 120);
        LogRecord unreadable = entry(Kind.DELETE, "DELETE", 700, FILE, "??", 130);
        assembly.add(List.of(move, speculative, withOldRow, unreadable, commit(700, 200, 1)));

        assertThat(assembly.ended()).extracting(LoggedTransaction::rows).containsExactly(2L);
    }

    @Test
    void of_very_many_small_transactions_the_large_ones_and_those_of_the_incident_are_kept() {
        TransactionAssembly assembly = assembly();
        int many = 3 * KeptTransactions.MOST;
        for (int i = 0; i < many; i++) {
            boolean large = i == 5;
            String file = i == 7 ? "1663/16384/16401" : FILE;
            assembly.add(List.of(
                    delete(1_000 + i, file, large ? 1_000 : 1, 10_000L * i),
                    commit(1_000 + i, 10_000L * i + 5_000, i)));
        }

        List<LoggedTransaction> kept = assembly.ended();

        assertThat(kept).hasSize(KeptTransactions.MOST);
        assertThat(kept).extracting(LoggedTransaction::xid).contains(1_005L, 1_007L);
        assertThat(assembly.leftOut())
                .isEqualTo(new KeptTransactions.LeftOut(many - KeptTransactions.MOST, many - KeptTransactions.MOST));
    }

    @Test
    void of_very_many_ends_enough_are_remembered_to_tell_the_time() {
        TransactionAssembly assembly = assembly();
        int many = 100_000;
        for (int i = 0; i < many; i += 100) {
            List<LogRecord> part = new ArrayList<>();
            for (int j = i; j < i + 100; j++) {
                part.add(commit(1_000 + j, 100L * j, j));
            }
            part.add(entry(
                    Kind.RUNNING,
                    "RUNNING_XACTS",
                    0,
                    "",
                    "nextXid " + (1_100 + i) + " latestCompletedXid 1",
                    100L * i + 9_950));
            assembly.add(part);
        }
        CommitTimes times = assembly.times();

        Moment moment = times.at(new Lsn(100L * 50_000 + 50));
        assertThat(moment.earliest().orElseThrow()).isBetween(NOON.plusSeconds(49_950), NOON.plusSeconds(50_000));
        assertThat(moment.latest().orElseThrow()).isBetween(NOON.plusSeconds(50_001), NOON.plusSeconds(50_060));
        assertThat(times.anchors(500, Optional::of)).hasSize(1_000);
        assertThat(times.begin()).contains(NOON);
        assertThat(times.at(new Lsn(100L * many)).latest())
                .as("nothing ended after it")
                .isEmpty();
    }

    @Test
    void a_clock_that_was_set_back_says_nothing() {
        TransactionAssembly assembly = assembly();
        assembly.add(List.of(commit(700, 100, 3_600), commit(701, 200, 0)));

        assertThat(assembly.times().at(new Lsn(150))).isEqualTo(Moment.unknown());
    }

    @Test
    void unmapped_subtransactions_of_an_open_transaction_are_put_together() {
        TransactionAssembly assembly = assembly();
        assembly.add(List.of(
                delete(700, FILE, 1, 100),
                delete(701, FILE, 2, 110),
                entry(Kind.ASSIGNMENT, "ASSIGNMENT", 700, "", "xtop 700: subxacts: 701 702", 120)));

        assertThat(assembly.open()).singleElement().satisfies(t -> {
            assertThat(t.xid()).isEqualTo(700);
            assertThat(t.subtransactions()).containsExactly(701L);
            assertThat(t.rows()).isEqualTo(3);
            assertThat(t.end()).isEqualTo(TransactionEnd.UNKNOWN);
        });
    }

    @Test
    void pages_that_were_cleared_count_from_the_deletion_on() {
        TransactionAssembly assembly = assembly();
        LogRecord before = entry(Kind.PRUNE, "PRUNE", 0, FILE, "", 50);
        LogRecord across = new LogRecord(Kind.PRUNE, "PRUNE", 0, FILE, "", 9, new Lsn(60), new Lsn(200), new Lsn(208));
        LogRecord after = new LogRecord(Kind.PRUNE, "PRUNE", 0, FILE, "", 4, new Lsn(300), new Lsn(400), new Lsn(408));
        assembly.add(List.of(before));
        assembly.add(List.of(across, delete(700, FILE, 1, 100)));
        assembly.add(List.of(after, entry(Kind.PRUNE, "PRUNE", 0, "1663/16384/16500", "", 350)));

        assertThat(assembly.pages().afterDeletion())
                .containsExactly(
                        new PageLosses.Loss(FileId.ofReference(FILE).orElseThrow(), "PRUNE", false, 5, new Lsn(200)));
    }
}
