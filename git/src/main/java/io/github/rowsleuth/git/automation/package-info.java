/** What in a repository runs the scripts that were found. */
@NullMarked
package io.github.rowsleuth.git.automation;

import org.jspecify.annotations.NullMarked;
