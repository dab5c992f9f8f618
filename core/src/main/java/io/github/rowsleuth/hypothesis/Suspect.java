package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.ScriptAutomation;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** Something that could have done it, with the footprint it would leave. */
@Value.Immutable
@ValueStyle
public interface Suspect {

    /** What sort of suspect. */
    enum Kind {
        /** A script at a commit. */
        SCRIPT,
        /** The upgrade of a migration. */
        MIGRATION_UPGRADE,
        /** The downgrade of a migration. */
        MIGRATION_DOWNGRADE,
        /** A statement, or the statements of a session, that a log or the statistics saw. */
        STATEMENT,
        /** A job that the database runs on a schedule. */
        SCHEDULED_JOB,
        /** A trigger, rule or routine in the database. */
        STORED_CODE,
        /** A setting or a command of an application, its deployment or its tests. */
        START_UP_ACT
    }

    /** {@return what sort of suspect} */
    Kind kind();

    /** {@return its name: a path, a revision, a statement with its time} */
    String name();

    /** {@return the traces it would leave} */
    Footprint footprint();

    /** {@return whether the act only takes place in a file that the suspect writes, or in code that it defines} */
    @Value.Default
    default boolean indirect() {
        return false;
    }

    /** {@return the change that introduced it, where history reaches it} */
    Optional<FileChange> introduced();

    /** {@return whether automation runs it, where that was asked} */
    Optional<ScriptAutomation.Standing> automation();

    /** {@return who acted: role, application, client and process, as far as the source that saw it tells} */
    Optional<String> actor();

    /** {@return when it acted, where a source saw it act} */
    @Value.Default
    default Moment moment() {
        return Moment.unknown();
    }

    /** {@return a fact that clears it whatever its footprint, such as the error it ended with} */
    Optional<String> alibi();

    /** {@return the evidence it rests on} */
    List<EvidenceId> evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableSuspect.Builder {
        Builder() {}
    }
}
