package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * A log that its owner opens.
 *
 * @param name how evidence names it
 * @param opener opens it
 */
public record OpenedLog(String name, Callable<? extends InputStream> opener) implements LogSource, LogStream {

    @Override
    public FoundLogs find(Patience patience, Consumer<Note> notes) {
        return FoundLogs.of(List.of(List.of(this)));
    }

    @Override
    public InputStream open(Patience patience) throws IOException, ProbeUnavailableException {
        InputStream in;
        try {
            in = opener.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ProbeUnavailableException(
                    "expected a stream of the log " + name + "; opening it failed ("
                            + e.getClass().getSimpleName() + ")",
                    "see why it can not be opened",
                    e);
        }
        return Unpacking.of(in);
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public String toString() {
        return name;
    }
}
