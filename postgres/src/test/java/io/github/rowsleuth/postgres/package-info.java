@NullMarked
package io.github.rowsleuth.postgres;

import org.jspecify.annotations.NullMarked;
