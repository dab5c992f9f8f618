package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.util.function.Consumer;

/** Where logs come from. */
public interface LogSource {

    /**
     * {@return the logs that are there now; to be closed when they were read}
     *
     * @param patience until when it may take
     * @param notes what takes notes of what is not read
     * @throws ProbeUnavailableException if there is nothing to read
     */
    FoundLogs find(Patience patience, Consumer<Note> notes) throws ProbeUnavailableException, IOException;

    /** {@return whether it can be read more than once} */
    default boolean isRepeatable() {
        return true;
    }
}
