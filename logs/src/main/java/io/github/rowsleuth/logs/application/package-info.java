/** Reads what applications log of their imports: which file, how many rows, into which table, when. */
@NullMarked
package io.github.rowsleuth.logs.application;

import org.jspecify.annotations.NullMarked;
