/** Which change made a destructive file dangerous: commits compared by their graphs and settings. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation.arming;
