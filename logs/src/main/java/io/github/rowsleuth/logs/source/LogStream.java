package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One log: a file, or the output of a container. */
public interface LogStream {

    /** {@return how evidence names it} */
    String name();

    /**
     * {@return its bytes, unpacked; reading throws {@link IncompleteLogException} where they end too early}
     *
     * @param patience until when it may take
     */
    InputStream open(Patience patience) throws IOException, ProbeUnavailableException;

    /**
     * {@return its bytes from there on, unpacked}
     *
     * @param patience until when it may take
     * @param from how many bytes to leave out
     * @throws java.io.EOFException if there are not so many
     */
    default InputStream openAt(Patience patience, long from) throws IOException, ProbeUnavailableException {
        InputStream in = open(patience);
        try {
            in.skipNBytes(from);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** {@return how many bytes it has, unpacked, where that is known without reading it} */
    default OptionalLong size() throws IOException {
        Optional<PlainFile> plain = plain();
        return plain.isPresent() ? OptionalLong.of(plain.get().size()) : OptionalLong.empty();
    }

    /** {@return the same as a file whose parts can be read apart, if it is one} */
    default Optional<PlainFile> plain() throws IOException {
        return Optional.empty();
    }

    /** {@return whether reading it keeps another thread busy} */
    default boolean isPacked() {
        return false;
    }

    /** {@return when it was written last, as far as that is known} */
    default Optional<Instant> written() {
        return Optional.empty();
    }

    /** Says what happened to it while it was read. */
    default void check(Consumer<Note> notes) throws IOException {}
}
