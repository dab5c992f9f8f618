package io.github.rowsleuth.transaction;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.immutables.value.Value;

/** A transaction that removed rows, or may have, as all sources together show it. */
@Value.Immutable
@ValueStyle
public interface RemovingTransaction {

    /**
     * What one source counted.
     *
     * @param source the source, as it is called in sentences
     * @param rows how many rows it saw hit, where it counts them
     * @param evidence where it recorded that
     */
    record Count(String source, Optional<Long> rows, List<EvidenceId> evidence) {

        /** Copies the list. */
        public Count {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * What the transaction did to one table.
     *
     * @param table the table, where a source knows its name
     * @param relation the table as the sources name it
     * @param kind what was done
     * @param counts what each source that shows it counted, the most trusted source first
     */
    record Effect(Optional<TableName> table, String relation, TableEffect.Kind kind, List<Count> counts) {

        /** Copies the list. */
        public Effect {
            counts = List.copyOf(counts);
        }

        /** {@return the highest count: a source can miss rows that are gone from it, and never sees one too many} */
        public Optional<Long> rows() {
            return counts.stream().flatMap(c -> c.rows().stream()).max(Long::compare);
        }
    }

    /** {@return the id of the top-level transaction, epoch included} */
    long xid();

    /** {@return the ids of its subtransactions that a source shows, epoch included, in ascending order} */
    List<Long> subtransactions();

    /** {@return how it ended, by the most trusted source that tells} */
    @Value.Default
    default TransactionEnd end() {
        return TransactionEnd.UNKNOWN;
    }

    /** {@return what it did to which tables, by table} */
    List<Effect> effects();

    /** {@return when it began, or wrote first} */
    @Value.Default
    default Moment started() {
        return Moment.unknown();
    }

    /** {@return when it ended; the interval is the precision} */
    @Value.Default
    default Moment ended() {
        return Moment.unknown();
    }

    /** {@return the source that dates its end most narrowly} */
    Optional<String> datedBy();

    /** {@return where its first record in the write-ahead log begins} */
    Optional<Lsn> firstLsn();

    /** {@return where its commit or abort record begins} */
    Optional<Lsn> endLsn();

    /** {@return the name under which it was prepared for a two-phase commit} */
    Optional<String> gid();

    /** {@return the sources that show it, the most trusted first} */
    List<String> sources();

    /** {@return where sources contradict each other, one sentence each without a full stop} */
    List<String> disagreements();

    /** {@return why a source shows less than another without contradicting it, one sentence each without a full stop} */
    List<String> remarks();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /**
     * {@return what it did to that table}
     *
     * @param table a table with its schema
     */
    default Stream<Effect> on(TableName table) {
        return effects().stream().filter(e -> e.table().filter(table::equals).isPresent());
    }

    /**
     * {@return whether it did that to the table}
     *
     * @param kind what was done
     * @param table a table with its schema
     */
    default boolean did(TableEffect.Kind kind, TableName table) {
        return on(table).anyMatch(e -> e.kind() == kind);
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableRemovingTransaction.Builder {
        Builder() {}
    }
}
