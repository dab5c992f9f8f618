package io.github.rowsleuth.git.automation.shell;

/**
 * Text that a script hands to a command.
 *
 * @param line the line of the script on which it begins
 */
public record HereDocument(String text, int line) {}
