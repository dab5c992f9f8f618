/** Passes over the bytes of a log, whole or in parts that join. */
@NullMarked
package io.github.rowsleuth.logs.pass;

import org.jspecify.annotations.NullMarked;
