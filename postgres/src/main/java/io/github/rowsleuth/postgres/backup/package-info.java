/** Finds backups in folders and reads what is in them, without restoring anything. */
@NullMarked
package io.github.rowsleuth.postgres.backup;

import org.jspecify.annotations.NullMarked;
