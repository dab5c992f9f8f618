/** When a job was due, from the times as its source writes them. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation.schedule;
