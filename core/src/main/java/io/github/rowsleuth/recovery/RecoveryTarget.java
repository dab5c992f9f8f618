package io.github.rowsleuth.recovery;

import io.github.rowsleuth.transaction.Lsn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where recovery to a point in time must end so that the rows are still there: just before the first commit that removed
 * some (PostgreSQL documentation, "Recovery Target"). Later work of others is not in it and must be merged back.
 *
 * @param xid the transaction that removed them, 32 bits as {@code recovery_target_xid} wants it; only where a single one
 *     did
 * @param lsn where its commit record begins
 * @param time when it committed, to the microsecond; recovery by time needs a later commit in the log to end at
 */
public record RecoveryTarget(Optional<Long> xid, Optional<Lsn> lsn, Optional<Instant> time) {

    private static final long LOW_BITS = 0xFFFF_FFFFL;

    /** Cuts the epoch off the id. */
    public RecoveryTarget {
        xid = xid.map(x -> x & LOW_BITS);
    }

    /**
     * {@return the lines for {@code postgresql.conf}; one target, since two are refused, the surest: the position, else the
     * transaction, else the time}
     */
    public List<String> settings() {
        String target = lsn.map(l -> "recovery_target_lsn = '" + l + "'")
                .or(() -> xid.map(x -> "recovery_target_xid = '" + x + "'"))
                .or(() -> time.map(t -> "recovery_target_time = '" + t + "'"))
                .orElse("recovery_target_time = '…'  # unknown: find the last moment at which the rows were there");
        return List.of(target, "recovery_target_inclusive = off", "recovery_target_action = 'pause'");
    }
}
