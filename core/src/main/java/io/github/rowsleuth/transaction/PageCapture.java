package io.github.rowsleuth.transaction;

import java.nio.file.Path;

/**
 * Pages that were copied before anything could prune them.
 *
 * @param file holds the pages from the first on, one after the other, as the server has them in memory. Its own file has
 *     the same bytes but for {@code pd_checksum}, which it computes when it writes a page
 * @param pages how many
 * @param sha256 of the file, in hexadecimal
 */
public record PageCapture(Path file, long pages, String sha256) {}
