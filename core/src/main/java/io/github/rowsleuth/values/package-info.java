/** How the values of all packages are made. Not exported. */
@NullMarked
package io.github.rowsleuth.values;

import org.jspecify.annotations.NullMarked;
