package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** The change that made a destructive file dangerous, which is often not the change that introduced it. */
@Value.Immutable
@ValueStyle
public interface Arming {

    /** What the change did. */
    enum Kind {
        /** Automation came to run it, on an event other than a time. */
        CONNECTED,
        /** It was put on a schedule, or the schedule was changed. */
        SCHEDULED,
        /** A chain that had been disabled was enabled. */
        ENABLED,
        /** A condition on the way was removed: a branch filter, a test of the environment, a manual start. */
        CONDITION_REMOVED,
        /** An entry of a list that kept it from being run was removed. */
        EXCLUSION_REMOVED,
        /** A guard inside it was removed: a question, a dry run by default, a refusal of production. */
        GUARD_REMOVED,
        /** The database that it works on was changed, to one that is not local or to one that the environment names. */
        POINTED_AT_DATABASE
    }

    /** {@return what the change did} */
    Kind kind();

    /** {@return the commit} */
    CommitRef commit();

    /** {@return the file in which it was done, within the repository} */
    String file();

    /** {@return the line after the change, from 1; empty where what is gone has left no line} */
    Optional<Integer> line();

    /** {@return how it stood before, in words; secrets removed} */
    String before();

    /** {@return how it stood after, in words; secrets removed} */
    String after();

    /** {@return the commit that introduced the armed file, where history reaches it} */
    Optional<CommitRef> introduced();

    /** {@return the time from the introduction to the arming, by the clocks of the committers; zero for one commit} */
    default Optional<Duration> afterIntroduction() {
        return introduced().map(i -> Duration.between(i.committed(), commit().committed()));
    }

    /** {@return where it was recorded} */
    EvidenceId evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableArming.Builder {
        Builder() {}
    }
}
