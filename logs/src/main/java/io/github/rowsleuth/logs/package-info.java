/** What the logs of a PostgreSQL server know of a loss, and what they could not have shown. */
@NullMarked
package io.github.rowsleuth.logs;

import org.jspecify.annotations.NullMarked;
