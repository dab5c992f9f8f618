/** The files from which tables were once filled, and the runs that filled them: what can be imported again. */
@NullMarked
package io.github.rowsleuth.imports;

import org.jspecify.annotations.NullMarked;
