/** Where the files of a repository are named, whatever for. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation.mention;
