/** From evidence to conclusions: fates, suspects, footprints and hypotheses. Pure functions over immutable values. */
@NullMarked
package io.github.rowsleuth.hypothesis;

import org.jspecify.annotations.NullMarked;
