package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** One statement's loss in one table, as the watch saw it. */
@Value.Immutable
@WatchStyle
public interface Deletion {

    /** {@return the way in which it was lost} */
    DeletionKind kind();

    /** {@return what was lost: {@code public.orders}, {@code public.orders.note}, {@code large object 16400}} */
    String subject();

    /**
     * {@return the table; empty for large objects, and where the watch knows that rows were deleted and not from where}
     */
    Optional<TableName> table();

    /** {@return the partitioned table, or topmost parent, whose rows they were too; empty if it has none} */
    Optional<TableName> root();

    /** {@return how many rows; empty where all that there were went, and nobody counted them} */
    Optional<Long> rows();

    /**
     * {@return how many of them had been inserted since the watch began; 0 unless it was told to note births, see
     *     {@link Expectation#allowingRowsBornMeanwhile()}}
     */
    @Value.Default
    default long bornMeanwhile() {
        return 0;
    }

    /** {@return whether all of them had: so for a table that was itself created meanwhile} */
    @Value.Default
    default boolean bornEntirely() {
        return rows().filter(n -> n == bornMeanwhile()).isPresent();
    }

    /** {@return how its transaction ended; a loss is only what was committed} */
    TransactionEnd end();

    /** {@return who did it; empty where only the outcome was seen} */
    Optional<Author> author();

    /** {@return the foreign key that brought it here; empty if the statement named the table, or did it in another way} */
    Optional<Cascade> cascade();

    /** {@return up to five of the rows as JSON, if {@link WatchedDatabase#showingRows()} asked for them} */
    List<String> sample();

    /** {@return the columns of the table; empty where they are not known} */
    List<String> columns();

    /** {@return what else is known of how it was seen; often empty} */
    Optional<String> remark();

    /** {@return whether something is gone for good, or will be if the transaction commits} */
    default boolean lostOrAboutToBe() {
        return end() != TransactionEnd.ABORTED;
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableDeletion.Builder {
        Builder() {}
    }
}
