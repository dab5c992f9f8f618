package io.github.rowsleuth.git.history;

import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Lets through what differs from every tree but the first: what a commit itself changed. */
final class DiffersFromAllParents extends TreeFilter {

    @Override
    public boolean include(TreeWalk walk) {
        int mine = walk.getRawMode(0);
        for (int i = 1; i < walk.getTreeCount(); i++) {
            if (walk.getRawMode(i) == mine && walk.idEqual(0, i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean shouldBeRecursive() {
        return false;
    }

    @Override
    public TreeFilter clone() {
        return this;
    }
}
