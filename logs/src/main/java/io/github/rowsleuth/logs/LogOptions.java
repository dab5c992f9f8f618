package io.github.rowsleuth.logs;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How logs are read.
 *
 * @param prefix the prefix that a person named
 * @param zones the time zones that a person named
 * @param threads how many threads may read
 * @param fast whether records that nobody needs are passed over
 * @param clock the time, where a log does not say the year
 */
record LogOptions(Optional<String> prefix, List<ZoneId> zones, int threads, boolean fast, InstantSource clock) {

    static final LogOptions DEFAULT = new LogOptions(
            Optional.empty(),
            List.of(),
            Math.min(4, Runtime.getRuntime().availableProcessors()),
            true,
            InstantSource.system());

    LogOptions withPrefix(String other) {
        return new LogOptions(Optional.of(other), zones, threads, fast, clock);
    }

    LogOptions withZones(List<ZoneId> others) {
        return new LogOptions(prefix, List.copyOf(others), threads, fast, clock);
    }

    LogOptions withThreads(int other) {
        return new LogOptions(prefix, zones, other, fast, clock);
    }

    LogOptions withFast(boolean other) {
        return new LogOptions(prefix, zones, threads, other, clock);
    }
}
