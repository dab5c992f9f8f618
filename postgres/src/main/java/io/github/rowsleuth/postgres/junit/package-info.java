/**
 * The watch as an extension of JUnit Jupiter, 5.10 or newer and 6. Optional: only this package knows JUnit.
 */
@NullMarked
package io.github.rowsleuth.postgres.junit;

import org.jspecify.annotations.NullMarked;
