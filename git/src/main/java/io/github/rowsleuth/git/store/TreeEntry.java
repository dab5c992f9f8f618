package io.github.rowsleuth.git.store;

import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/** An entry of a stored folder. */
record TreeEntry(String name, int mode, ObjectId id) {

    boolean folder() {
        return FileMode.TREE.equals(mode);
    }

    boolean file() {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }

    boolean submodule() {
        return FileMode.GITLINK.equals(mode);
    }
}
