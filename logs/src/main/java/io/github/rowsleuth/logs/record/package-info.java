/** From the bytes of a log to its records, whatever format each line is in. */
@NullMarked
package io.github.rowsleuth.logs.record;

import org.jspecify.annotations.NullMarked;
