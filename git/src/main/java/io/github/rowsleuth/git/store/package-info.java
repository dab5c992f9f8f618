/** The stored objects of a repository and what points to them, read without writing, running or fetching anything. */
@NullMarked
package io.github.rowsleuth.git.store;

import org.jspecify.annotations.NullMarked;
