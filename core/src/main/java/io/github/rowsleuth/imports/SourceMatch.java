package io.github.rowsleuth.imports;

import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What ties a file to a table.
 *
 * @param table the table
 * @param byName whether the name of the file, of its folder or of the sheet is that of the table
 * @param by how its fields were assigned to the columns of the table
 * @param columns for each field, in the order of the file, the column of the table that it fills
 * @param missing the columns of the table that no field fills, those left out that the server computes
 */
public record SourceMatch(
        TableName table, boolean byName, By by, List<Optional<String>> columns, List<String> missing) {

    /** How fields were assigned to columns. */
    public enum By {
        /** Their headings are the names of the columns, whatever the case, blanks and underscores. */
        HEADINGS,
        /** There are no headings, but as many fields as the table has columns. */
        POSITION,
        /** Not at all: the columns of the table are not known, or none is among the headings. */
        NOTHING
    }

    /** Copies the lists. */
    public SourceMatch {
        columns = List.copyOf(columns);
        missing = List.copyOf(missing);
    }

    /** {@return how many columns of the table are filled} */
    public int filled() {
        return (int) columns.stream().filter(Optional::isPresent).count();
    }
}
