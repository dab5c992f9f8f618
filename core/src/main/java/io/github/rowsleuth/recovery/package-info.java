/** What rows can be brought back from. */
@NullMarked
package io.github.rowsleuth.recovery;

import org.jspecify.annotations.NullMarked;
