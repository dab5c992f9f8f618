/** Investigates data loss in PostgreSQL: start at {@link io.github.rowsleuth.Investigation}. */
@NullMarked
package io.github.rowsleuth;

import org.jspecify.annotations.NullMarked;
