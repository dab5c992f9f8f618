/** What every probe must do, as tests to be inherited. */
@NullMarked
package io.github.rowsleuth.probe.contract;

import org.jspecify.annotations.NullMarked;
