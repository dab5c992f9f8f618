package io.github.rowsleuth.preservation;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a proposal makes sense: as long as what it keeps is probably still there.
 *
 * @param text how long, and what ends it, in one sentence without a full stop
 * @param within the time from the examination in which the evidence is expected to go, where that can be told
 */
public record Expiry(String text, Optional<Duration> within) {

    /**
     * {@return an expiry of which nobody knows the time}
     *
     * @param text what ends it
     */
    static Expiry open(String text) {
        return new Expiry(text, Optional.empty());
    }

    /**
     * {@return an expiry in about that time}
     *
     * @param time from the examination
     * @param text how long, and what ends it
     */
    static Expiry within(Duration time, String text) {
        return new Expiry(text, Optional.of(time));
    }

    @Override
    public String toString() {
        return text;
    }
}
