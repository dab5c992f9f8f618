/** The one recogniser of destructive SQL statements, shared by every source that holds SQL. */
@NullMarked
package io.github.rowsleuth.sql;

import org.jspecify.annotations.NullMarked;
