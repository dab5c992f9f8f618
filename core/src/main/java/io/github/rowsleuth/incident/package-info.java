/** What is believed lost, and when. */
@NullMarked
package io.github.rowsleuth.incident;

import org.jspecify.annotations.NullMarked;
