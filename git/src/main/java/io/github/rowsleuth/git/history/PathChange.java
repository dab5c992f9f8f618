package io.github.rowsleuth.git.history;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What one commit did to one path, seen from every parent.
 *
 * @param path the path
 * @param before its content in a parent, empty where no parent had it
 * @param after its content in the commit, empty where it was deleted
 */
public record PathChange(String path, Optional<ObjectId> before, Optional<ObjectId> after) {

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
