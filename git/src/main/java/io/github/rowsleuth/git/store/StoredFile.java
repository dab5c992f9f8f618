package io.github.rowsleuth.git.store;

import org.eclipse.jgit.lib.ObjectId;

/**
 * A file as a commit holds it.
 *
 * @param path its path, with slashes; a name only, which is never joined to a path of this machine
 * @param id its content
 */
public record StoredFile(String path, ObjectId id) {

    /** {@return the name without its folders} */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@return the name of the folder that it lies in, empty at the root} */
    public String parentName() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(path.lastIndexOf('/', slash - 1) + 1, slash);
    }

    /** {@return the path of the folder that it lies in, with a slash at its end; empty at the root} */
    public String folder() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash + 1);
    }
}
