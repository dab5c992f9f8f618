/** What the probes of one repository share: it is opened, listed, walked and searched once for all of them. */
@NullMarked
package io.github.rowsleuth.git.index;

import org.jspecify.annotations.NullMarked;
