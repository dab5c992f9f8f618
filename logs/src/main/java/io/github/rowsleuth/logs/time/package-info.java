/** The time stamps of a log: what they say, and what they leave open. */
@NullMarked
package io.github.rowsleuth.logs.time;

import org.jspecify.annotations.NullMarked;
