package io.github.rowsleuth.postgres.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is asked of file systems. */
class Devices {

    boolean same(Path one, Path other) throws IOException {
        return Files.getFileStore(one).equals(Files.getFileStore(other));
    }

    /** Bytes. */
    long free(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }
}
