package io.github.rowsleuth.probe;

/**
 * A column of a table, from {@code pg_attribute}.
 *
 * @param name its name as the catalogs hold it
 * @param type its type as {@code format_type} writes it, such as {@code numeric(10,2)}
 * @param mandatory whether it refuses {@code NULL}
 * @param filling what fills it where an {@code INSERT} does not
 */
public record TableColumn(String name, String type, boolean mandatory, Filling filling) {

    /** What fills a column that an {@code INSERT} leaves out. */
    public enum Filling {
        /** Nothing: it becomes {@code NULL}. */
        NOTHING,
        /** Its default, for instance from a sequence. */
        DEFAULT,
        /** {@code GENERATED … AS IDENTITY}. */
        IDENTITY,
        /** {@code GENERATED ALWAYS AS (…)}: it can not be inserted at all. */
        EXPRESSION
    }

    /** {@return whether an {@code INSERT} may name it} */
    public boolean insertable() {
        return filling != Filling.EXPRESSION;
    }
}
