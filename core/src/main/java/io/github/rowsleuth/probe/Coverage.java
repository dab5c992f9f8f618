package io.github.rowsleuth.probe;

/**
 * How much of a source was searched.
 *
 * @param extent all of it, a part, or nothing
 * @param detail what was searched and what not, such as {@code 8 of 8 tables}
 */
public record Coverage(Extent extent, String detail) {

    /** How much. */
    public enum Extent {
        /** Everything that was asked for. */
        COMPLETE,
        /** Some of it; the gaps say what is missing. */
        PARTIAL,
        /** Nothing. */
        NONE
    }

    /**
     * {@return everything was searched}
     *
     * @param detail what
     */
    public static Coverage complete(String detail) {
        return new Coverage(Extent.COMPLETE, detail);
    }

    /**
     * {@return a part was searched}
     *
     * @param detail which
     */
    public static Coverage partial(String detail) {
        return new Coverage(Extent.PARTIAL, detail);
    }

    /**
     * {@return nothing was searched}
     *
     * @param detail why
     */
    public static Coverage none(String detail) {
        return new Coverage(Extent.NONE, detail);
    }
}
