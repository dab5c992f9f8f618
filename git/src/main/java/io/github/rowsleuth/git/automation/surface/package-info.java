/** The kinds of files that run things without a person, or could: what each of them runs, when, and on which conditions. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation.surface;
