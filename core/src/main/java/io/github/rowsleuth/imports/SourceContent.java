package io.github.rowsleuth.imports;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.probe.CommitRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A file in whatever keeps it, for {@link SourceReader}. */
public interface SourceContent {

    /** {@return where it lies} */
    String path();

    /** {@return when this content was there} */
    Moment written();

    /** {@return where it was read, for the evidence} */
    Provenance provenance();

    /** {@return the repository that holds it; empty unless it is one} */
    default Optional<String> repository() {
        return Optional.empty();
    }

    /** {@return a commit that holds it; empty unless a repository keeps it} */
    default Optional<CommitRef> commit() {
        return Optional.empty();
    }

    /** {@return the file of this machine that it is; empty where it is kept in another way} */
    default Optional<Path> file() {
        return Optional.empty();
    }

    /**
     * {@return its bytes from the beginning; asked for more than once, and closed by whoever asked}
     *
     * @throws IOException if it can not be read
     */
    InputStream open() throws IOException;
}
