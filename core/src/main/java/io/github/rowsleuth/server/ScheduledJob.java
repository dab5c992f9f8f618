package io.github.rowsleuth.server;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** A job of {@code pg_cron}, with the runs that are still on record. */
@Value.Immutable
@ValueStyle
public interface ScheduledJob {

    /**
     * One run of a job.
     *
     * @param started when it began, where it did
     * @param ended when it ended, where it did
     * @param status {@code succeeded}, {@code failed}, {@code running} …
     * @param message what the server answered, such as {@code DELETE 42}
     */
    record Run(Optional<Instant> started, Optional<Instant> ended, String status, Optional<String> message) {}

    /** {@return {@code jobid}} */
    long id();

    /** {@return its name, where it has one} */
    Optional<String> name();

    /** {@return its schedule, as cron writes it} */
    String schedule();

    /** {@return the database it runs in} */
    String database();

    /** {@return the role it runs as} */
    String role();

    /** {@return whether it is switched on} */
    boolean active();

    /** {@return what is destructive in its command, and in the routines it calls} */
    List<DestructiveStatement> destructive();

    /** {@return its command, redacted} */
    Excerpt command();

    /** {@return its newest runs, the newest first} */
    List<Run> runs();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableScheduledJob.Builder {
        Builder() {}
    }
}
