package io.github.rowsleuth.git;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** What one commit did to one path, seen from every parent. */
record PathChange(String path, Optional<ObjectId> before, Optional<ObjectId> after) {

    boolean added() {
        return before.isEmpty();
    }

    boolean deleted() {
        return after.isEmpty();
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
