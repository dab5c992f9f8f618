package io.github.rowsleuth.postgres.junit;

import io.github.rowsleuth.postgres.watch.WatchException;
import io.github.rowsleuth.postgres.watch.WatchMode;
import io.github.rowsleuth.postgres.watch.WatchedDatabase;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watched database for the time of a test run. At its end the triggers go, if the database is still there. */
@SuppressWarnings("deprecation")
record Footprint(WatchedDatabase database, WatchMode mode)
        implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Footprint.class);

    @Override
    public void close() {
        if (mode == WatchMode.NO_FOOTPRINT) {
            return;
        }
        try {
            database.remove();
        } catch (WatchException e) {
            // Mostly a container that was stopped with its class. What is left, the next watch completes.
            LOG.debug("the triggers of the watch stay: {}", e.getMessage());
        }
    }
}
