/** Where logs come from. */
@NullMarked
package io.github.rowsleuth.logs.source;

import org.jspecify.annotations.NullMarked;
