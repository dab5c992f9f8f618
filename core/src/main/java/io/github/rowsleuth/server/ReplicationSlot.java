package io.github.rowsleuth.server;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** A replication slot: it keeps write-ahead log, and with an {@code xmin} also rows. */
@Value.Immutable
@ValueStyle
public interface ReplicationSlot {

    /** {@return its name} */
    String name();

    /** {@return whether it decodes changes; otherwise it is physical} */
    boolean logical();

    /** {@return the database whose changes it decodes, if it does} */
    Optional<String> database();

    /** {@return whether somebody reads from it} */
    boolean active();

    /** {@return since when nobody reads from it (17 and newer)} */
    Optional<Instant> inactiveSince();

    /** {@return {@code xmin}, epoch included: rows deleted by this transaction or a later one are kept for it} */
    Optional<Long> oldestSeen();

    /** {@return {@code catalog_xmin}, epoch included: the same for rows of system catalogs} */
    Optional<Long> oldestSeenOfCatalogs();

    /** {@return {@code restart_lsn}: log from here on is kept} */
    Optional<Lsn> restart();

    /** {@return {@code wal_status}: {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}} */
    Optional<String> walStatus();

    /** {@return why the server no longer serves it, such as {@code wal_removed} (16 and newer); it then keeps nothing} */
    Optional<String> invalidated();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /**
     * {@return whether rows that the transaction deleted are kept because of this slot, in whatever database}
     *
     * @param deleting a transaction id, epoch included
     */
    default boolean protectsFrom(long deleting) {
        boolean lost =
                invalidated().isPresent() || walStatus().filter("lost"::equals).isPresent();
        return !lost && oldestSeen().filter(xmin -> xmin <= deleting).isPresent();
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableReplicationSlot.Builder {
        Builder() {}
    }
}
