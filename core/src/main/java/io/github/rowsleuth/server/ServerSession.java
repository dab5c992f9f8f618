package io.github.rowsleuth.server;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** A session as {@code pg_stat_activity} shows it; what the role may not see is empty. */
@Value.Immutable
@ValueStyle
public interface ServerSession {

    /** {@return the process id of its backend} */
    int pid();

    /** {@return {@code backend_type}, such as {@code client backend}} */
    Optional<String> backendType();

    /** {@return the database it is connected to} */
    Optional<String> database();

    /** {@return the role that logged in} */
    Optional<String> role();

    /** {@return {@code application_name}, where it set one} */
    Optional<String> application();

    /** {@return the address of the client; empty for a local socket too} */
    Optional<String> client();

    /** {@return {@code state}, such as {@code idle in transaction}} */
    Optional<String> state();

    /** {@return since when it is in that state} */
    Optional<Instant> stateSince();

    /** {@return when the backend started} */
    Optional<Instant> started();

    /** {@return when its transaction began} */
    Optional<Instant> transactionStarted();

    /** {@return when its last statement began} */
    Optional<Instant> statementStarted();

    /** {@return its top-level transaction id, epoch included, if it has one} */
    Optional<Long> transaction();

    /**
     * {@return {@code backend_xmin}, epoch included: rows deleted by this transaction or a later one are kept for it;
     * empty while it vacuums, because nothing waits for a vacuum}
     */
    Optional<Long> oldestSeen();

    /** {@return the tables of the examined database that it holds a lock on with which rows are changed, by name} */
    List<TableName> writing();

    /** {@return its running or last statement, redacted, where the role may see it} */
    Optional<Excerpt> statement();

    /** {@return the destructive statements in it} */
    List<DestructiveStatement> destructive();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /**
     * {@return whether rows that the transaction deleted are kept because of this session, if they are in its database}
     *
     * @param deleting a transaction id, epoch included
     */
    default boolean protectsFrom(long deleting) {
        return oldestSeen().filter(xmin -> xmin <= deleting).isPresent()
                || transaction().filter(xid -> xid <= deleting).isPresent();
    }

    /**
     * {@return whether rows that the transaction deleted in that database are kept because of this session: those of
     * other databases are not (src/backend/storage/ipc/procarray.c, ComputeXidHorizons)}
     *
     * @param deleting a transaction id, epoch included
     * @param inDatabase the database whose rows were deleted
     */
    default boolean protectsFrom(long deleting, String inDatabase) {
        return protectsFrom(deleting)
                && database().filter(d -> !d.equals(inDatabase)).isEmpty();
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableServerSession.Builder {
        Builder() {}
    }
}
