@NullMarked
package io.github.rowsleuth.postgres.guard;

import org.jspecify.annotations.NullMarked;
