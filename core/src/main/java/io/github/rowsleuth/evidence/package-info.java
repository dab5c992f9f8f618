/** What probes found, where and when: the values that every conclusion is made of. */
@NullMarked
package io.github.rowsleuth.evidence;

import org.jspecify.annotations.NullMarked;
