/**
 * Sees every deletion in a database while something runs: start at {@link io.github.rowsleuth.postgres.watch.WatchedDatabase}.
 * Needs no test framework.
 */
@NullMarked
package io.github.rowsleuth.postgres.watch;

import org.jspecify.annotations.NullMarked;
