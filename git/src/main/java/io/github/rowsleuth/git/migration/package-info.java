/** Migrations: which files are some, of which tool, what each destroys going up and coming down, and in which order. */
@NullMarked
package io.github.rowsleuth.git.migration;

import org.jspecify.annotations.NullMarked;
