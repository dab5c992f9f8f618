/**
 * What keeps it from happening again: scripts taken out of reach, and destructive operations with guards around them. Nothing
 * here acts unless a person has confirmed a plan that was shown.
 */
@NullMarked
package io.github.rowsleuth.prevention;

import org.jspecify.annotations.NullMarked;
