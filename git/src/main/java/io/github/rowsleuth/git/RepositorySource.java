package io.github.rowsleuth.git;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A repository and the revision to look at.
 *
 * @param path the path as it was given
 */
record RepositorySource(Path path, String revision) {

    OpenRepository open() throws ProbeUnavailableException, IOException {
        return OpenRepository.at(path.toAbsolutePath().normalize());
    }

    Snapshot snapshot(OpenRepository repository) throws ProbeUnavailableException, IOException, InterruptedException {
        return Snapshot.of(repository, repository.revisions().commit(revision), path.toString());
    }

    @Override
    public String toString() {
        return path + " as of " + revision;
    }
}
