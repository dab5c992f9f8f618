package io.github.rowsleuth.logs;

/**
 * One line of a log.
 *
 * @param number from 1
 * @param text without its end, decoded
 * @param cut whether it was longer than what is kept
 */
record Line(long number, String text, boolean cut) {}
