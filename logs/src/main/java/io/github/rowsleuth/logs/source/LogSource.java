package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where logs come from. */
public interface LogSource {

    /**
     * {@return sequences of logs that go on with one another, the oldest first; a server that writes several formats has
     * one sequence for each}
     *
     * @param patience until when it may take
     * @param notes what takes notes of what is not read
     * @throws ProbeUnavailableException if there is nothing to read
     */
    List<List<LogStream>> sequences(Patience patience, Consumer<Note> notes)
            throws ProbeUnavailableException, IOException;

    /** {@return the settings of the server that wrote the logs, where they can be asked for} */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** {@return whether it can be read more than once} */
    default boolean isRepeatable() {
        return true;
    }
}
