package io.github.rowsleuth.postgres.junit;

import io.github.rowsleuth.postgres.watch.Watch;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The watch of one test, closed with the store of its context: after every callback of every extension, so that a framework
 * has ended its transaction by then, whatever the order in which the extensions were registered. The failure that it
 * throws fails the test, or is added to the one that the test failed with.
 *
 * <p>Both interfaces, because JUnit before 5.13 closes only the first and JUnit 6 is going to close only the second.
 */
@SuppressWarnings("deprecation")
record OpenWatch(Watch watch) implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    @Override
    public void close() {
        watch.close();
    }
}
