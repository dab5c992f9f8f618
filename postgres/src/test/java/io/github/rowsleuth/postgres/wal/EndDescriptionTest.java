package io.github.rowsleuth.postgres.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.postgres.wal.EndDescription.Dropped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are those of real servers, 15 to 18. */
class EndDescriptionTest {

    private static FileId file(long number) {
        return new FileId(FileId.DEFAULT_TABLESPACE, 16_384, number);
    }

    @Test
    void a_commit_that_dropped_a_table_and_replaced_files() {
        EndDescription end = EndDescription.ofEnd("2026-11-25 00:14:58.955496+00; rels: base/16384/16400"
                        + " pg_tblspc/16999/PG_18_202506291/16384/16404 base/16384/16405_init; subxacts: 761 762;"
                        + " dropped stats: 2/16384/16403 3/16384/16649 2/16384/16398 1/16384/0;")
                .orElseThrow();

        assertThat(end.at()).isEqualTo(Instant.parse("2026-11-25T00:14:58.955496Z"));
        assertThat(end.removed()).containsExactly(file(16_400), new FileId(16_999, 16_384, 16_404), file(16_405));
        assertThat(end.dropped())
                .as("relations only, not functions and databases")
                .containsExactly(new Dropped(16_384, 16_403), new Dropped(16_384, 16_398));
        assertThat(end.subtransactions()).containsExactly(761L, 762L);
        assertThat(end.xid()).isEmpty();
    }

    @Test
    void the_end_of_a_prepared_transaction_names_it() {
        EndDescription end = EndDescription.ofEnd("866: 2026-11-25 00:16:01.474102+00; rels: base/16384/16504")
                .orElseThrow();

        assertThat(end.xid()).contains(866L);
        assertThat(end.removed()).containsExactly(file(16_504));
    }

    @Test
    void a_name_can_not_pass_for_what_follows_it() {
        String gid = "g: 2001-01-01 00:00:00+00; rels: base/1/2; subxacts: 5";
        EndDescription end = EndDescription.ofPrepare("gid " + gid + ": 2026-11-25 00:22:26.302855+00; rels(commit):"
                        + " base/16384/16392; rels(abort): base/16384/16393; commit dropped stats: 2/16384/16392;"
                        + " subxacts: 787")
                .orElseThrow();

        assertThat(end.gid()).contains(gid);
        assertThat(end.at()).isEqualTo(Instant.parse("2026-11-25T00:22:26.302855Z"));
        assertThat(end.removed()).containsExactly(file(16_392));
        assertThat(end.dropped()).containsExactly(new Dropped(16_384, 16_392));
        assertThat(end.subtransactions()).containsExactly(787L);
    }

    @Test
    void times_are_written_as_short_as_they_can_be() {
        assertThat(EndDescription.ofEnd("2026-11-25 00:16:00+00").map(EndDescription::at))
                .contains(Instant.parse("2026-11-25T00:16:00Z"));
        assertThat(EndDescription.ofEnd("2026-11-25 00:16:00.03 UTC;").map(EndDescription::at))
                .contains(Instant.parse("2026-11-25T00:16:00.030Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ts", "2026-11-25", "gid x", "866:", "2026-11-25 00:16:00+05:30"})
    void anything_else_is_none(String text) {
        assertThat(EndDescription.ofEnd(text)).isEmpty();
        assertThat(EndDescription.ofPrepare(text)).isEmpty();
    }

    @Test
    void files_are_told_from_everything_else() {
        assertThat(FileId.ofReference("1663/16384/16391")).contains(file(16_391));
        assertThat(FileId.ofReference("1663/16384")).isEmpty();
        assertThat(FileId.ofPath("base/16384/16391_fsm")).contains(file(16_391));
        assertThat(FileId.ofPath("base/16384/t3_16391")).as("a temporary table").isEmpty();
        assertThat(FileId.ofPath("global/1262")).as("a shared catalog").isEqualTo(Optional.empty());
        assertThat(EndDescription.numbers("1", "x", "", "22")).isEqualTo(List.of(1L, 22L));
    }
}
