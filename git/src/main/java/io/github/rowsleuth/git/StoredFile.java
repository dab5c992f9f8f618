package io.github.rowsleuth.git;

import org.eclipse.jgit.lib.ObjectId;

/** A file as a commit holds it. Its path is a name only, and is never joined to a path of this machine. */
record StoredFile(String path, ObjectId id) {

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The name of the folder that it lies in, empty at the root. */
    String parentName() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(path.lastIndexOf('/', slash - 1) + 1, slash);
    }

    String folder() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash + 1);
    }
}
