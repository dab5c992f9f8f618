@NullMarked
package io.github.rowsleuth.postgres.junit;

import org.jspecify.annotations.NullMarked;
