package io.github.rowsleuth.probe;

import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/** Which cluster and which database was examined, and how old they are. */
@Value.Immutable
@AnswerStyle
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

    /** {@return when the directory of the database was made, by CREATE DATABASE or by a restore, where the role may see it} */
    Optional<Instant> databaseCreated();

    /** {@return the timeline: 1 until the first promotion or restore to a point in time} */
    Optional<Long> timeline();

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
