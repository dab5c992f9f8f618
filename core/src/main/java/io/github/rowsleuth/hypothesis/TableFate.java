package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What happened to one table, what decided it, and what that can not tell. */
@Value.Immutable
@ValueStyle
public interface TableFate {

    /** {@return the table with its schema, or as the incident names it where it does not exist} */
    TableName table();

    /** {@return what happened} */
    Fate fate();

    /** {@return whether it belongs to the loss: named by the incident, or hit by the same transaction} */
    @Value.Default
    default boolean partOfLoss() {
        return false;
    }

    /** {@return whether it is one of the tables whose loss is to be explained} */
    default boolean hit() {
        return partOfLoss() && fate().isLoss();
    }

    /** {@return whether it sums up the partitions of a partitioned table, which has no rows of its own} */
    @Value.Default
    default boolean ofPartitions() {
        return false;
    }

    /** {@return whether it lost nothing and holds rows, so that an act that would have emptied it can not have been} */
    default boolean spared() {
        return (fate() == Fate.INTACT || fate() == Fate.REWRITTEN) && rowsNow().orElse(0L) > 0;
    }

    /** {@return the rows before} */
    Optional<Long> rowsBefore();

    /** {@return what they were counted by, such as {@code its pages}} */
    Optional<String> rowsBeforeBy();

    /** {@return the rows now} */
    Optional<Long> rowsNow();

    /** {@return what they were counted by, such as {@code its counters}} */
    Optional<String> rowsNowBy();

    /** {@return the rows that a transaction has deleted which has neither committed nor been rolled back} */
    Optional<Long> rowsPending();

    /** {@return the rows that were inserted after the loss} */
    Optional<Long> insertedSince();

    /** {@return the deletes that were counted, attempts included} */
    Optional<Long> deletesCounted();

    /** {@return the transaction that did it, epoch included; of several the one that removed most} */
    Optional<Long> transaction();

    /** {@return every transaction that is known to have removed rows, epoch included, in ascending order} */
    List<Long> transactions();

    /** {@return when} */
    @Value.Default
    default Moment moment() {
        return Moment.unknown();
    }

    /** {@return what decided it, one sentence each} */
    List<String> decidedBy();

    /** {@return what would have left the same traces} */
    List<String> ambiguities();

    /** {@return what else befell the table and does not decide over its rows, one sentence each} */
    List<String> remarks();

    /** {@return the evidence it rests on} */
    List<EvidenceId> evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableTableFate.Builder {
        Builder() {}
    }
}
