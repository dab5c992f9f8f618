package io.github.rowsleuth.probe;

import java.util.Optional;

/**
 * How the examination of one probe ended. Every outcome keeps what was recorded before it.
 *
 * @param <T> the answer of the probe
 */
public sealed interface ProbeOutcome<T>
        permits ProbeOutcome.Answered, ProbeOutcome.Unavailable, ProbeOutcome.Failed, ProbeOutcome.TimedOut {

    /** The four ways to end, for those who can not yet switch over types. */
    enum Status {
        /** It answered. */
        ANSWERED,
        /** Its source could not be examined. */
        UNAVAILABLE,
        /** It threw. */
        FAILED,
        /** It did not answer in time. */
        TIMED_OUT
    }

    /** {@return the id of the probe} */
    String probe();

    /** {@return what it recorded} */
    ProbeNotes notes();

    /** {@return how it ended} */
    Status status();

    /** {@return the answer, if there is one} */
    default Optional<T> answer() {
        return Optional.empty();
    }

    /** {@return why there is no answer, in one sentence; empty if there is one} */
    default String reason() {
        return "";
    }

    /**
     * It answered.
     *
     * @param probe the id of the probe
     * @param value the answer
     * @param notes what it recorded
     * @param <T> the answer
     */
    record Answered<T>(String probe, T value, ProbeNotes notes) implements ProbeOutcome<T> {
        @Override
        public Status status() {
            return Status.ANSWERED;
        }

        @Override
        public Optional<T> answer() {
            return Optional.of(value);
        }
    }

    /**
     * Its source could not be examined.
     *
     * @param probe the id of the probe
     * @param reason what was expected and what was found
     * @param remedy what would open the source
     * @param notes what it recorded
     * @param <T> the answer there would have been
     */
    record Unavailable<T>(String probe, String reason, String remedy, ProbeNotes notes) implements ProbeOutcome<T> {
        @Override
        public Status status() {
            return Status.UNAVAILABLE;
        }
    }

    /**
     * It threw.
     *
     * @param probe the id of the probe
     * @param reason the type and the message of what it threw, without literals
     * @param notes what it recorded
     * @param <T> the answer there would have been
     */
    record Failed<T>(String probe, String reason, ProbeNotes notes) implements ProbeOutcome<T> {
        @Override
        public Status status() {
            return Status.FAILED;
        }
    }

    /**
     * It did not answer before its deadline, or the run was interrupted.
     *
     * @param probe the id of the probe
     * @param reason which of the two
     * @param notes what it recorded until then
     * @param <T> the answer there would have been
     */
    record TimedOut<T>(String probe, String reason, ProbeNotes notes) implements ProbeOutcome<T> {
        @Override
        public Status status() {
            return Status.TIMED_OUT;
        }
    }
}
