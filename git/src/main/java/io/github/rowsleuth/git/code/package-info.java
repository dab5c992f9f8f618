/** Source code as far as strings, calls and blocks go: readers for each language, broken files included. */
@NullMarked
package io.github.rowsleuth.git.code;

import org.jspecify.annotations.NullMarked;
