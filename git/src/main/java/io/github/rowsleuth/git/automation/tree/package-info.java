/** The files of one commit, as automation looks them up: by path, by the end of a path, by a pattern. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation.tree;
