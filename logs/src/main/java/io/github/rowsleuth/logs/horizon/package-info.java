/** What a log could have shown, and when. */
@NullMarked
package io.github.rowsleuth.logs.horizon;

import org.jspecify.annotations.NullMarked;
