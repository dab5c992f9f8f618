/** The words of PostgreSQL in the languages that it is translated into, and what they are in English. */
@NullMarked
package io.github.rowsleuth.logs.language;

import org.jspecify.annotations.NullMarked;
