package io.github.rowsleuth.git.code;

/**
 * A comment, or documentation.
 *
 * @param start where it begins in the source
 * @param end where it ends, exclusive
 * @param line the line it begins on, from 1
 */
public record Remark(int start, int end, int line) {}
