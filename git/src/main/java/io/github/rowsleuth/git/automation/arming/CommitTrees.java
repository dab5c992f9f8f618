package io.github.rowsleuth.git.automation.arming;

import io.github.rowsleuth.git.automation.tree.RepositoryTree;

/**
 * A commit beside its first parent.
 *
 * @param before the files of the parent; none for the first commit
 * @param after the files of the commit
 */
public record CommitTrees(RepositoryTree before, RepositoryTree after) {}
