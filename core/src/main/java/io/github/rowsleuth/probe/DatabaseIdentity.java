package io.github.rowsleuth.probe;

import io.github.rowsleuth.values.ValueStyle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** Which cluster and which database was examined, and how old they are. */
@Value.Immutable
@ValueStyle
public interface DatabaseIdentity {

    /** {@return the name of the database} */
    String database();

    /** {@return the major version of the server} */
    int major();

    /** {@return the full version, such as {@code 15.18}} */
    String version();

    /** {@return whether the server is a standby or recovering} */
    boolean inRecovery();

    /** {@return the system identifier of {@code pg_control_system()}} */
    Optional<String> systemIdentifier();

    /** {@return when {@code initdb} made the cluster, to the second: the upper half of the system identifier (src/backend/access/transam/xlog.c, BootStrapXLOG)} */
    Optional<Instant> clusterCreated();

    /** {@return {@code pg_database.oid}} */
    Optional<Long> databaseOid();

    /** {@return the transaction, epoch included, that wrote the {@code pg_database} row: its creation, or the last ALTER DATABASE} */
    Optional<Long> databaseTransaction();

    /** {@return when {@link #databaseTransaction()} committed, where {@code track_commit_timestamp} is on} */
    Optional<Instant> databaseCommitted();

    /**
     * {@return when the directory of the database was made, by {@code CREATE DATABASE} or by a restore of the files; only
     * for a role that may execute {@code pg_stat_file}}
     */
    Optional<Instant> databaseCreated();

    /** {@return an instant at which {@link #databaseTransaction()} had surely ended, from the last checkpoint} */
    Optional<Instant> databaseCreatedBefore();

    /** {@return the timeline of the last checkpoint: 1 until the first promotion or recovery to a point in time} */
    Optional<Long> timeline();

    /** {@return whether pages bear checksums, so that hint bits reach the write-ahead log as page images} */
    Optional<Boolean> dataChecksums();

    /**
     * {@return the schemas of the examining role's own {@code search_path}, in their order and as the catalogs hold them:
     * of the server, the database and the role, before the library sets its own}
     */
    List<String> searchPath();

    /** {@return the other databases of the server that can be connected to, by name: the rows may be in one of them} */
    List<String> otherDatabases();

    /** {@return {@code pg_postmaster_start_time()}; unchanged by a crash of a backend} */
    Optional<Instant> serverStarted();

    /** {@return the next transaction id, epoch included} */
    Optional<Long> nextTransaction();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableDatabaseIdentity.Builder {
        Builder() {}
    }
}
