package io.github.rowsleuth.probe;

/**
 * Something that could not be seen, with what would open it.
 *
 * @param probe the probe that met it
 * @param missing what is missing
 * @param consequence what can therefore not be known
 * @param remedy what a person can do about it
 */
public record Gap(String probe, String missing, String consequence, String remedy) {

    @Override
    public String toString() {
        return missing + ": " + consequence + " (" + remedy + ")";
    }
}
