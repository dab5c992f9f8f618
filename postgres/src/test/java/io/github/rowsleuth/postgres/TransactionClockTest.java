package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.postgres.TransactionClock.Checkpoint;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TransactionClockTest {
    private static final long EPOCH = 1L << 32;
    private static final Instant TIME = Instant.parse("2025-10-07T20:28:20Z");
    private static final Instant END = TIME.plusSeconds(1);

    @Test
    void an_id_below_the_next_is_of_its_epoch() {
        assertThat(TransactionClock.withEpoch(742, 750)).hasValue(742L);
        assertThat(TransactionClock.withEpoch(742, 2 * EPOCH + 750)).hasValue(2 * EPOCH + 742);
    }

    @Test
    void an_id_above_the_next_is_of_the_epoch_before() {
        assertThat(TransactionClock.withEpoch(4_000_000_000L, EPOCH + 750)).hasValue(4_000_000_000L);
    }

    @Test
    void ids_that_mean_nothing_are_left_out() {
        assertThat(TransactionClock.withEpoch(0, 750)).isEmpty();
        assertThat(TransactionClock.withEpoch(1, 750)).isEmpty();
        assertThat(TransactionClock.withEpoch(2, 750)).isEmpty();
        assertThat(TransactionClock.withEpoch(800, 750)).as("from no epoch").isEmpty();
    }

    @Test
    void the_next_id_gets_its_epoch_from_one_that_ended() {
        assertThat(TransactionClock.next(745, 747)).isEqualTo(750);
        assertThat(TransactionClock.next(EPOCH + 745, 747)).isEqualTo(EPOCH + 750);
        assertThat(TransactionClock.next(EPOCH - 2, 5))
                .as("across the end of an epoch")
                .isEqualTo(EPOCH + 8);
        assertThat(TransactionClock.next(3_000_000_000L, 3_000_000_010L - (1L << 32)))
                .as("an age beyond 31 bits comes out negative")
                .isEqualTo(3_000_000_013L);
    }

    @Test
    void a_checkpoint_bounds_what_is_older_than_all_that_ran() {
        Checkpoint checkpoint = Checkpoint.of(TIME, "0:750", 740);

        assertThat(checkpoint.endOf(739)).hasValue(END);
        assertThat(checkpoint.endOf(740)).isEmpty();
        assertThat(checkpoint.endOf(745)).isEmpty();
    }

    @Test
    void a_checkpoint_at_a_shutdown_bounds_all_before_it() {
        Checkpoint checkpoint = Checkpoint.of(TIME, "1:750", 0);

        assertThat(checkpoint.endOf(EPOCH + 749)).hasValue(END);
        assertThat(checkpoint.endOf(EPOCH + 750)).isEmpty();
    }

    @Test
    void the_oldest_running_can_be_of_the_epoch_before() {
        Checkpoint checkpoint = Checkpoint.of(TIME, "1:5", 4_294_967_290L);

        assertThat(checkpoint.endOf(4_294_967_289L)).hasValue(END);
        assertThat(checkpoint.endOf(4_294_967_290L)).isEmpty();
        assertThat(checkpoint.endOf(EPOCH + 3)).isEmpty();
    }
}
