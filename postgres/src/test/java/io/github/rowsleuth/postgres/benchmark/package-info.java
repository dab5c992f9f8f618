/** Measurements of whole processes; run by hand, never by the tests. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.postgres.benchmark;
