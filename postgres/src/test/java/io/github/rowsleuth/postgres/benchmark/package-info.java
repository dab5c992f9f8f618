/** Measurements, which are run by hand and never by the tests. */
@NullMarked
package io.github.rowsleuth.postgres.benchmark;

import org.jspecify.annotations.NullMarked;
