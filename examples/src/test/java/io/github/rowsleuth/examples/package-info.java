/** The incident of the README, staged on real parts, and the tests that look at all modules together. */
@NullMarked
package io.github.rowsleuth.examples;

import org.jspecify.annotations.NullMarked;
