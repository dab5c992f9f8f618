/** Every cause of a loss, brought about on real servers and investigated with more and with less evidence. */
@NullMarked
package io.github.rowsleuth.examples.matrix;

import org.jspecify.annotations.NullMarked;
