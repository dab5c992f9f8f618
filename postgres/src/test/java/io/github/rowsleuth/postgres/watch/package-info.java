@NullMarked
package io.github.rowsleuth.postgres.watch;

import org.jspecify.annotations.NullMarked;
