package io.github.rowsleuth.git.store;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A repository and the revision to look at.
 *
 * @param path the path as it was given
 * @param revision a commit id, branch, tag, or an ancestor of one
 */
public record RepositorySource(Path path, String revision) {

    /**
     * {@return the repository, to be closed}
     *
     * @throws ProbeUnavailableException if there is none, or none that can be read
     * @throws IOException if reading fails
     */
    public OpenRepository open() throws ProbeUnavailableException, IOException {
        return OpenRepository.at(path.toAbsolutePath().normalize());
    }

    /**
     * {@return the same repository at another revision}
     *
     * @param other the revision
     */
    public RepositorySource asOf(String other) {
        return new RepositorySource(path, other);
    }

    @Override
    public String toString() {
        return path + " as of " + revision;
    }
}
