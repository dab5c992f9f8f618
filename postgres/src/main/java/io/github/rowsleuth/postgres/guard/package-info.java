/**
 * Destructive operations with five guards around them: start at
 * {@link io.github.rowsleuth.postgres.guard.GuardedOperation}.
 */
@NullMarked
package io.github.rowsleuth.postgres.guard;

import org.jspecify.annotations.NullMarked;
