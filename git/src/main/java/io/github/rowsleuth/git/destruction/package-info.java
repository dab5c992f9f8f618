/** What in a file can destroy data, what only looks so, and what stands before it. */
@NullMarked
package io.github.rowsleuth.git.destruction;

import org.jspecify.annotations.NullMarked;
