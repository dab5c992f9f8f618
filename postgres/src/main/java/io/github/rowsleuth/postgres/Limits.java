package io.github.rowsleuth.postgres;

import java.time.Duration;

/** How long one statement may take, and wait for a lock. */
record Limits(Duration statement, Duration lock) {

    // Before DEFAULT, which is checked against it.
    private static final Duration LONGEST = Duration.ofHours(1);

    static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), Duration.ofMillis(200));

    Limits {
        check("statement", statement);
        check("lock", lock);
    }

    // 0 would switch the limit off.
    private static void check(String which, Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the " + which
                    + " timeout must be at least a millisecond and at most an hour; got " + timeout
                    + ". A session without a limit could block the application");
        }
    }

    Limits withStatement(Duration timeout) {
        return new Limits(timeout, lock);
    }

    Limits withLock(Duration timeout) {
        return new Limits(statement, timeout);
    }
}
