/** What the records of a log say of statements: what was destroyed, by whom, and how it ended. */
@NullMarked
package io.github.rowsleuth.logs.event;

import org.jspecify.annotations.NullMarked;
