package io.github.rowsleuth.logs.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The logs of a source, for one reading.
 *
 * @param sequences logs that go on with one another, the oldest first; a server that writes several formats has one
 *     sequence for each
 * @param settings the settings of the server that wrote them, by name, where it could be asked; not all of them
 * @param facts what was learned of the logs while they were looked for, each a sentence
 * @param held what has to be closed when they were read
 */
public record FoundLogs(
        List<List<LogStream>> sequences, Map<String, String> settings, List<String> facts, Closeable held)
        implements Closeable {

    /** Copies the collections. */
    public FoundLogs {
        sequences = List.copyOf(sequences);
        settings = Map.copyOf(settings);
        facts = List.copyOf(facts);
    }

    /** {@return logs of which nothing else is known} */
    static FoundLogs of(List<List<LogStream>> sequences) {
        return new FoundLogs(sequences, Map.of(), List.of(), () -> {});
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
