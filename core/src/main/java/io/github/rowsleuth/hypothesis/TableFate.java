package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What happened to one table, what decided it, and what that can not tell. */
@Value.Immutable
@ConclusionStyle
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

    /** {@return the rows before, by the counters} */
    Optional<Long> rowsBefore();

    /** {@return the rows now, by the counters} */
    Optional<Long> rowsNow();

    /** {@return the rows that were inserted after the loss} */
    Optional<Long> insertedSince();

    /** {@return the deletes that were counted, attempts included} */
    Optional<Long> deletesCounted();

    /** {@return the transaction that did it, epoch included} */
    Optional<Long> transaction();

    /** {@return when} */
    @Value.Default
    default Moment moment() {
        return Moment.unknown();
    }

    /** {@return what decided it, one sentence each} */
    List<String> decidedBy();

    /** {@return what would have left the same traces} */
    List<String> ambiguities();

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
