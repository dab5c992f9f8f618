package io.github.rowsleuth.incident;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a table, with its schema where it is known.
 *
 * <p>Names are held as the catalogs hold them: an identifier that was not quoted is folded to lower case (PostgreSQL
 * documentation, section 4.1.1 "Identifiers and Key Words"), a quoted one keeps its case.
 *
 * @param schema the schema, empty where the source of the name did not say it
 * @param name the name within the schema, never empty
 */
public record TableName(Optional<String> schema, String name) implements Comparable<TableName> {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    private static final Comparator<TableName> ORDER =
            Comparator.comparing((TableName t) -> t.schema().orElse("")).thenComparing(TableName::name);

    /** Refuses empty parts. */
    public TableName {
        Objects.requireNonNull(schema, "schema");
        if (name.isEmpty() || schema.filter(String::isEmpty).isPresent()) {
            throw new IllegalArgumentException("a table name needs a name, and a schema that is not empty; got schema "
                    + schema.orElse("(none)") + ", name '" + name + "'");
        }
    }

    /**
     * {@return the table of that schema and name, both as the catalogs hold them}
     *
     * @param schema the schema, not folded
     * @param name the name, not folded
     */
    public static TableName of(String schema, String name) {
        return new TableName(Optional.of(schema), name);
    }

    /**
     * Reads a name as people type it: {@code orders}, {@code shop.orders}, {@code "Order Items"}, {@code s."T"}.
     *
     * @param text the name as it would stand in SQL
     * @return the name, folded where it was not quoted
     * @throws IllegalArgumentException if the text is not one table name
     */
    public static TableName parse(String text) {
        return new TableNameParser(text).parse();
    }

    /**
     * {@return whether both can name the same table: equal names, and equal schemas where both know theirs}
     *
     * @param other the name to compare with
     */
    public boolean matches(TableName other) {
        return name.equals(other.name) && (schema.isEmpty() || other.schema.isEmpty() || schema.equals(other.schema));
    }

    /** {@return the name as it would stand in SQL, every part quoted, for statements: a part can be a key word} */
    public String quoted() {
        return schema.map(s -> inQuotes(s) + ".").orElse("") + inQuotes(name);
    }

    @Override
    public int compareTo(TableName other) {
        return ORDER.compare(this, other);
    }

    /** {@return the name as it would stand in SQL, quoted where it must be} */
    @Override
    public String toString() {
        return schema.map(s -> readable(s) + "." + readable(name)).orElseGet(() -> readable(name));
    }

    private static String readable(String identifier) {
        return PLAIN.matcher(identifier).matches() ? identifier : inQuotes(identifier);
    }

    private static String inQuotes(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
