package io.github.rowsleuth.logs.source;

import java.io.Serializable;

/**
 * Something of a log that could not be read.
 *
 * @param missing what is missing
 * @param consequence what can therefore not be known
 * @param remedy what a person can do about it
 */
public record Note(String missing, String consequence, String remedy) implements Serializable {}
