package io.github.rowsleuth.transaction;

import java.nio.file.Path;

/**
 * Pages that were copied before anything could prune them.
 *
 * @param file holds the pages as the server has them in its file, one after the other
 * @param pages how many
 * @param sha256 of the file, in hexadecimal
 */
public record PageCapture(Path file, long pages, String sha256) {}
