/** Follows commands and programs from one file to the next. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation.follow;
