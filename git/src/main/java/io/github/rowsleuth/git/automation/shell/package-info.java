/** Shell scripts: which commands they run, in which folder, under which conditions, and which they never reach. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation.shell;
