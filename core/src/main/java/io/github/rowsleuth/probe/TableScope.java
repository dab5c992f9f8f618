package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What the catalogs say of one table, read without touching the table. */
@Value.Immutable
@ValueStyle
public interface TableScope {

    /** {@return the table with its schema} */
    TableName table();

    /** {@return {@code pg_class.oid}} */
    long oid();

    /** {@return {@code pg_class.relfilenode}; 0 for tables without storage of their own} */
    long filenode();

    /** {@return what sort of table} */
    @Value.Default
    default TableKind kind() {
        return TableKind.ORDINARY;
    }

    /** {@return whether changes reach the write-ahead log: not for unlogged tables, which a crash empties} */
    @Value.Default
    default boolean logged() {
        return true;
    }

    /** {@return {@code reltuples}: -1 on 14 and newer while neither vacuum nor analyze has seen the file (0 on 13)} */
    double estimatedRows();

    /** {@return {@code relpages}} */
    long estimatedPages();

    /** {@return the transaction, epoch included, that last wrote the {@code pg_class} row other than in place: TRUNCATE, rewrite, ALTER, GRANT} */
    Optional<Long> catalogTransaction();

    /** {@return the transaction, epoch included, that wrote the {@code pg_type} row of the table: its creation, unless it was renamed or changed hands since} */
    Optional<Long> creationTransaction();

    /** {@return when {@link #creationTransaction()} committed, where {@code track_commit_timestamp} is on} */
    Optional<Instant> creationCommitted();

    /** {@return when {@link #catalogTransaction()} committed, where {@code track_commit_timestamp} is on} */
    Optional<Instant> catalogCommitted();

    /** {@return an instant at which {@link #catalogTransaction()} had surely ended, from the last checkpoint} */
    Optional<Instant> catalogCommittedBefore();

    /** {@return the role that owns it} */
    Optional<String> owner();

    /** {@return its access method, {@code heap} unless somebody chose another; empty where it has no storage of its own} */
    Optional<String> accessMethod();

    /** {@return its tablespace; empty for the default one of the database} */
    Optional<String> tablespace();

    /**
     * {@return whether the examining role finds it under its bare name: no schema that comes earlier in its own
     * {@code search_path} has a table of that name}
     */
    @Value.Default
    default boolean onSearchPath() {
        return true;
    }

    /** {@return whether row-level security can hide rows} */
    @Value.Default
    default boolean rowSecurity() {
        return false;
    }

    /** {@return whether row-level security hides rows from its owner too ({@code relforcerowsecurity})} */
    @Value.Default
    default boolean rowSecurityForced() {
        return false;
    }

    /**
     * {@return whether row-level security hides rows from the examining role: it is on, and the role is no superuser, has
     * no {@code BYPASSRLS}, and does not own the table or is hidden from all the same ({@code row_security_active})}
     */
    @Value.Default
    default boolean rowsHidden() {
        return false;
    }

    /** {@return the table whose partition it is} */
    Optional<TableName> partitionOf();

    /** {@return whether it is half detached: its parent does not show its rows any more, 14 and newer} */
    @Value.Default
    default boolean detaching() {
        return false;
    }

    /** {@return the tables that it inherits from, other than as a partition; they show its rows as well} */
    List<TableName> inheritsFrom();

    /** {@return a partitioned table that it resembles column by column, though it is no partition of it (any more)} */
    Optional<TableName> resemblesPartitionOf();

    /**
     * {@return its columns, in their order; empty where they were not read: a probe reads them for the tables of the
     * incident and those that foreign keys connect with them}
     */
    List<TableColumn> columns();

    /** {@return its columns that were dropped, in their order} */
    List<DroppedColumn> droppedColumns();

    /** {@return the sequences that its columns own} */
    List<SequenceState> sequences();

    /** {@return names that its indexes, constraints and sequences still bear, though the table does not: it was renamed} */
    List<String> formerNames();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /** {@return whether the table has another file than the one it was created with: it was truncated or rewritten} */
    default boolean newFile() {
        return filenode() != 0 && filenode() != oid();
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableTableScope.Builder {
        Builder() {}
    }
}
