package io.github.rowsleuth.server;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TransactionSource;
import io.github.rowsleuth.transaction.XidAnchor;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * How much of the write-ahead log is there, and who keeps it. As a source of transactions it shows none, but dates a few
 * ids on every major version and for every role.
 */
@Value.Immutable
@ValueStyle
public interface WriteAheadLog extends TransactionSource {

    /**
     * What the archiver did ({@code pg_stat_archiver}). It names only the newest files: that there is no gap needs the
     * listing of the archive.
     *
     * @param mode {@code archive_mode}
     * @param archived how many files it archived
     * @param lastArchived the newest of them
     * @param lastArchivedAt when
     * @param failed how many attempts failed
     * @param lastFailed the newest file that failed
     * @param lastFailedAt when
     */
    record Archiver(
            String mode,
            long archived,
            Optional<String> lastArchived,
            Optional<Instant> lastArchivedAt,
            long failed,
            Optional<String> lastFailed,
            Optional<Instant> lastFailedAt) {}

    /** {@return {@code wal_level}} */
    String level();

    /** {@return where writing is now; on a standby, replay} */
    Lsn now();

    /** {@return the oldest position whose file is still in {@code pg_wal}, where the role may list it} */
    Optional<Lsn> oldest();

    /** {@return when the oldest of these files was last written} */
    Optional<Instant> oldestWritten();

    /** {@return the redo position of the last checkpoint: older files without a reader may go at the next} */
    Optional<Lsn> redo();

    /** {@return the size of a file in bytes} */
    long segmentSize();

    /** {@return {@code max_wal_size} in bytes} */
    long maxSize();

    /** {@return {@code wal_keep_size} in bytes} */
    long keepSize();

    /** {@return {@code max_slot_wal_keep_size} in bytes; empty for no limit} */
    Optional<Long> slotKeepSize();

    /** {@return {@code checkpoint_timeout} in seconds} */
    long checkpointSeconds();

    /** {@return the archiver} */
    Archiver archiver();

    /** {@return whether summaries are written (17 and newer)} */
    @Value.Default
    default boolean summarized() {
        return false;
    }

    /** {@return ids that the last checkpoint and the last commit with a timestamp date} */
    @Override
    List<XidAnchor> anchors();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    @Override
    default String sourceName() {
        return "the control file";
    }

    /** {@return none: it only dates ids} */
    @Override
    default List<ObservedTransaction> transactions() {
        return List.of();
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableWriteAheadLog.Builder {
        Builder() {}
    }
}
