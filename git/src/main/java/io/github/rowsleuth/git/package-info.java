/** What a git repository knows of a loss: scripts, migrations, their history, and what runs them. */
@NullMarked
package io.github.rowsleuth.git;

import org.jspecify.annotations.NullMarked;
