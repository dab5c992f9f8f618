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
 * @param resumable whether a later reading shall be able to go on where this one ends
 * @param earlier where the earlier reading ended from which this one goes on
 * @param fast whether records that nobody needs are passed over
 * @param clock the time, where a log does not say the year
 */
record LogOptions(
        Optional<String> prefix,
        List<ZoneId> zones,
        int threads,
        boolean resumable,
        Optional<ResumeToken> earlier,
        boolean fast,
        InstantSource clock) {

    static final LogOptions DEFAULT = new LogOptions(
            Optional.empty(),
            List.of(),
            Math.min(4, Runtime.getRuntime().availableProcessors()),
            false,
            Optional.empty(),
            true,
            InstantSource.system());

    LogOptions withPrefix(String other) {
        return new LogOptions(Optional.of(other), zones, threads, resumable, earlier, fast, clock);
    }

    LogOptions withZones(List<ZoneId> others) {
        return new LogOptions(prefix, List.copyOf(others), threads, resumable, earlier, fast, clock);
    }

    LogOptions withThreads(int other) {
        return new LogOptions(prefix, zones, other, resumable, earlier, fast, clock);
    }

    LogOptions withResumable(Optional<ResumeToken> token) {
        return new LogOptions(prefix, zones, threads, true, token, fast, clock);
    }
}
