/** What to do, and what not to do, so that evidence and rows that can still be recovered do not vanish. */
@NullMarked
package io.github.rowsleuth.preservation;

import org.jspecify.annotations.NullMarked;
