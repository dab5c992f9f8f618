/** Transactions that removed rows, as each source shows them, and the means to join and date them. */
@NullMarked
package io.github.rowsleuth.transaction;

import org.jspecify.annotations.NullMarked;
