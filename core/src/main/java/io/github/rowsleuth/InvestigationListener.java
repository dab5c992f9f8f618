package io.github.rowsleuth;

import io.github.rowsleuth.probe.ProbeOutcome;
import java.time.Duration;

/**
 * Follows the progress of an investigation. Called on threads of the library, never on two at once; what it throws is
 * logged at DEBUG and changes nothing.
 */
public interface InvestigationListener {

    /**
     * A probe begins.
     *
     * @param probe its id
     */
    default void started(String probe) {}

    /**
     * A probe has ended.
     *
     * @param outcome how
     * @param elapsed how long it took
     */
    default void ended(ProbeOutcome<?> outcome, Duration elapsed) {}
}
