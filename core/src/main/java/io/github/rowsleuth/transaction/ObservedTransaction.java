package io.github.rowsleuth.transaction;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** A transaction as one source shows it. */
@Value.Immutable
@ValueStyle
public interface ObservedTransaction {

    /** {@return the id of the top-level transaction, epoch included} */
    long xid();

    /** {@return the ids of its subtransactions that the source shows, epoch included} */
    List<Long> subtransactions();

    /** {@return how it ended} */
    @Value.Default
    default TransactionEnd end() {
        return TransactionEnd.UNKNOWN;
    }

    /** {@return what it did to which tables, in a stable order} */
    List<TableEffect> effects();

    /** {@return when it began, or wrote first} */
    @Value.Default
    default Moment started() {
        return Moment.unknown();
    }

    /** {@return when it committed or was rolled back; the interval is the precision} */
    @Value.Default
    default Moment ended() {
        return Moment.unknown();
    }

    /** {@return where its first record that the source shows begins} */
    Optional<Lsn> firstLsn();

    /** {@return where its commit or abort record begins: the value for {@code recovery_target_lsn} with {@code recovery_target_inclusive = off}} */
    Optional<Lsn> endLsn();

    /** {@return the name under which it was prepared} */
    Optional<String> gid();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableObservedTransaction.Builder {
        Builder() {}
    }
}
