package io.github.rowsleuth.transaction;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What was counted on the heap pages of one table. All counts are of the pages that were read. */
@Value.Immutable
@TransactionStyle
public interface TablePages {

    /** {@return the table with its schema} */
    TableName table();

    /** {@return how many pages its main fork has} */
    long pages();

    /** {@return how many of them were read; fewer where a limit or the deadline came first} */
    long pagesRead();

    /** {@return rows that nobody deleted, and whose insertion did not fail} */
    long live();

    /** {@return rows deleted by transactions that committed, with their data still there} */
    long deleted();

    /** {@return rows deleted by transactions that were rolled back: they are live, and counted as such too} */
    long deletionsRolledBack();

    /** {@return rows deleted by transactions that still run, or wait in a two-phase commit} */
    long deletionsPending();

    /** {@return old versions of updated rows, and rows that moved to another partition} */
    long superseded();

    /** {@return rows whose insertion was rolled back} */
    long insertionsRolledBack();

    /** {@return line pointers marked dead: rows whose data was pruned off the page} */
    long pruned();

    /** {@return where the pages were kept, if the caller asked for it} */
    Optional<PageCapture> capture();

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
