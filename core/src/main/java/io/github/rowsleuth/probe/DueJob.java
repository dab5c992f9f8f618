package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** A job on a schedule, with the times at which it was due in the window of the loss. */
@Value.Immutable
@ValueStyle
public interface DueJob {

    /**
     * When a job runs.
     *
     * @param expression the times as the source writes them: {@code 0 3 * * *}, {@code @daily}, {@code Mon 04:00}
     * @param zone the time zone; empty where the source does not tell, and UTC was assumed
     */
    record Schedule(String expression, Optional<ZoneId> zone) {}

    /** {@return what runs the job and what it is called there: {@code workflow nightly.yml}, {@code service purge}} */
    String name();

    /** {@return the file that states the schedule, within the repository} */
    String file();

    /** {@return the line, from 1} */
    int line();

    /** {@return when it runs} */
    Schedule schedule();

    /**
     * {@return the times at which it was due in the window of the incident, the last ones if there are many, the oldest
     * first; empty where none fell into it, and where the schedule can not be evaluated}
     */
    List<Instant> due();

    /** {@return how many times it was due in the window, at most 10,000} */
    int timesDue();

    /** {@return the last time it was due before the end of the window; empty where the schedule can not be evaluated} */
    Optional<Instant> lastDue();

    /** {@return what makes the times less certain: an assumed zone, a minute chosen by a hash, a start by hand} */
    List<String> doubts();

    /** {@return what must hold besides, such as the branch} */
    List<RunCondition> conditions();

    /** {@return why it does not run, where it does not} */
    Optional<String> disabled();

    /** {@return the scripts, migrations and destructive commands that it leads to, by the shortest way first} */
    List<String> runs();

    /** {@return where it was recorded} */
    EvidenceId evidence();

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableDueJob.Builder {
        Builder() {}
    }
}
