package io.github.rowsleuth.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Turns the 32 bits of an {@code xmin} into a transaction id with its epoch, and bounds when it ended. */
final class TransactionClock {

    private static final long LOW_BITS = 0xFFFF_FFFFL;
    private static final int EPOCH_SHIFT = 32;
    private static final long FIRST_NORMAL = 3;

    private TransactionClock() {}

    /**
     * The id of {@code raw} as seen while {@code next} was the next id. Empty for the ids of bootstrap and old freezing,
     * and for one that no history of this cluster explains. Rows that were frozen more than an epoch ago come out an
     * epoch or more too young: their bits do not tell.
     */
    static Optional<Long> withEpoch(long raw, long next) {
        long epoch = (next >>> EPOCH_SHIFT) - (raw > (next & LOW_BITS) ? 1 : 0);
        return raw < FIRST_NORMAL || epoch < 0 ? Optional.empty() : Optional.of((epoch << EPOCH_SHIFT) + raw);
    }

    /**
     * The id of a transaction that runs, or that a snapshot or slot still waits for, where the next id was {@code next} a
     * moment ago: no more than half the circle of ids lies between them (src/backend/access/transam/transam.c,
     * TransactionIdPrecedes). Empty for no transaction.
     */
    static Optional<Long> near(long raw, long next) {
        long id = next + (int) (raw - next);
        return raw < FIRST_NORMAL || id < FIRST_NORMAL ? Optional.empty() : Optional.of(id);
    }

    /**
     * The next id, epoch included.
     *
     * @param ended an id with its epoch not far below it, such as the xmax of a snapshot
     * @param givenOut {@code age('3'::xid)}: how many ids were given out since the first one, in 32 signed bits
     */
    static long next(long ended, long givenOut) {
        long next = (ended & ~LOW_BITS) | ((givenOut + FIRST_NORMAL) & LOW_BITS);
        return next < ended ? next + LOW_BITS + 1 : next;
    }

    /**
     * The last checkpoint in the control file.
     *
     * @param time when it began, cut to the second
     * @param nextTransaction the next id then, with epoch
     * @param oldestActive the oldest id that still ran then, 32 bits; 0 where nothing ran, at a shutdown
     */
    record Checkpoint(Instant time, long nextTransaction, long oldestActive) {

        static Checkpoint of(Instant time, String nextXid, long oldestActive) {
            int colon = nextXid.indexOf(':');
            long epoch = Long.parseLong(nextXid.substring(0, colon));
            long low = Long.parseLong(nextXid.substring(colon + 1));
            return new Checkpoint(time, (epoch << EPOCH_SHIFT) + low, oldestActive);
        }

        /**
         * An instant at which the transaction had surely ended, if this checkpoint tells: no transaction older than the
         * oldest active one was running (src/backend/access/transam/xlog.c, CreateCheckPoint).
         */
        Optional<Instant> endOf(long transaction) {
            long firstMaybeRunning = oldestActive == 0
                    ? nextTransaction
                    : withEpoch(oldestActive, nextTransaction).orElse(0L);
            // The time is cut to the second, and taken just before the running transactions are looked at.
            return transaction < firstMaybeRunning ? Optional.of(time.plus(Duration.ofSeconds(1))) : Optional.empty();
        }
    }
}
