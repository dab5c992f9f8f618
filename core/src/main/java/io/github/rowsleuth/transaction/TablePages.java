package io.github.rowsleuth.transaction;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What was counted on the heap pages of one table. All counts are of the pages that were read, each at the moment it was
 * read; the table went on living meanwhile.
 *
 * <p>A row can be recovered from the page while it counts as {@link #deleted()} or {@link #superseded()}. Once it is
 * {@link #pruned()}, its line pointer is all that is left.
 */
@Value.Immutable
@ValueStyle
public interface TablePages {

    /** {@return the table with its schema} */
    TableName table();

    /** {@return how many pages its main fork has} */
    long pages();

    /** {@return how many of them were read; fewer where a limit or the deadline came first} */
    long pagesRead();

    /** {@return rows that a new snapshot sees: inserted, and neither deleted nor replaced by a transaction that committed} */
    long live();

    /** {@return rows deleted by transactions that committed, with their data still there} */
    long deleted();

    /** {@return rows deleted by transactions that were rolled back: they are live, and counted as such too} */
    long deletionsRolledBack();

    /** {@return rows deleted by transactions that still run, or wait in a two-phase commit: they are live, and counted as such too} */
    long deletionsPending();

    /** {@return old versions of updated rows, and rows that moved to another partition: their newer versions are or were elsewhere} */
    long superseded();

    /** {@return rows whose insertion was rolled back} */
    long insertionsRolledBack();

    /** {@return rows whose insertion is not finished: they are not live yet} */
    @Value.Default
    default long insertionsPending() {
        return 0;
    }

    /** {@return line pointers marked dead: rows whose data was pruned off the page} */
    long pruned();

    /** {@return rows of which nothing tells whether they live: their page is damaged, or the record of their transactions is gone} */
    @Value.Default
    default long undecided() {
        return 0;
    }

    /** {@return pages that could not be read, or whose bytes can not be those of a table} */
    @Value.Default
    default long damagedPages() {
        return 0;
    }

    /** {@return where the pages were kept, if the caller asked for it} */
    Optional<PageCapture> capture();

    /** {@return where the pages of its TOAST table were kept, if the caller asked for it and it has any} */
    Optional<PageCapture> toastCapture();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /** {@return whether every page was read} */
    default boolean complete() {
        return pagesRead() == pages();
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableTablePages.Builder {
        Builder() {}
    }
}
