package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.probe.Acquittal;

/**
 * Something that looks destructive and is not.
 *
 * @param line the line it stands on, from 1
 * @param reason why it is harmless
 */
public record Decoy(int line, Acquittal.Reason reason) {}
