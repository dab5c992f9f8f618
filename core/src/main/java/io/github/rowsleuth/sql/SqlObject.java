package io.github.rowsleuth.sql;

import io.github.rowsleuth.incident.TableName;
import java.util.Optional;

/**
 * An object that a statement names.
 *
 * @param schema the schema, folded as the catalogs hold it, empty where the statement does not say it
 * @param name the name, folded as the catalogs hold it; for a dynamic object the text of its hole
 * @param dynamic whether a part of the name is filled in at run time ({@code {table}}, {@code %I}, {@code $1} …)
 */
public record SqlObject(Optional<String> schema, String name, boolean dynamic) {

    /** {@return this object as a table name, empty where the name is dynamic} */
    public Optional<TableName> asTable() {
        return dynamic ? Optional.empty() : Optional.of(new TableName(schema, name));
    }

    @Override
    public String toString() {
        return dynamic ? schema.map(s -> s + ".").orElse("") + name : new TableName(schema, name).toString();
    }
}
