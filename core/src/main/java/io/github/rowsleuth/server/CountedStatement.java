package io.github.rowsleuth.server;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** A statement that {@code pg_stat_statements} counted. Its counts hold attempts, rolled back or not. */
@Value.Immutable
@ValueStyle
public interface CountedStatement {

    /** {@return what is destructive in it} */
    List<DestructiveStatement> destructive();

    /** {@return its text as the server normalised it} */
    Excerpt text();

    /** {@return {@code queryid}: the same as in a log with {@code %Q}} */
    Optional<Long> queryId();

    /** {@return the role that ran it, where it still exists} */
    Optional<String> role();

    /** {@return how often it was run} */
    long calls();

    /** {@return how many rows it hit in all; 0 for TRUNCATE and DROP, and for DO and functions whose statements are not tracked} */
    long rows();

    /** {@return whether a client sent it, or a function, a trigger or a foreign key did; empty where the server does not tell (13)} */
    Optional<Boolean> topLevel();

    /** {@return whether a foreign key ran it to delete the rows that referred to a deleted row} */
    @Value.Default
    default boolean cascade() {
        return false;
    }

    /** {@return since when it is counted (17 and newer)} */
    Optional<Instant> since();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableCountedStatement.Builder {
        Builder() {}
    }
}
