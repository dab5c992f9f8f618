/** Who runs what, as a graph: places that run others, what sets them off, and the ways through it. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation.graph;
