/** The lives of files: every commit that any reference reaches, compared once with its parents. */
@NullMarked
package io.github.rowsleuth.git.history;

import org.jspecify.annotations.NullMarked;
