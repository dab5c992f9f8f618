package io.github.rowsleuth.imports;

import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file from which tables could be filled again, as evidence.
 *
 * @param summary what was found
 * @param tables the tables
 */
record FoundSource(String summary, List<TableName> tables) implements Observation.Custom {

    static FoundSource of(SourceFile file) {
        String what = file.sheet().map(s -> "the sheet " + s + " of ").orElse("") + Shown.path(file.path())
                + (file.whole() ? " has " : " has at least ") + file.rows() + " records of " + file.width() + " fields"
                + (file.headings().isEmpty() ? ", the first of which was not recognised as headings" : "")
                + (file.irregular() == 0 ? "" : "; " + file.irregular() + " have another number of fields")
                + file.damage().map(d -> "; " + d).orElse("");
        String matches = file.matches().stream().map(FoundSource::match).collect(Collectors.joining("; "));
        return new FoundSource(
                what + "; " + matches,
                file.matches().stream().map(SourceMatch::table).toList());
    }

    private static String match(SourceMatch match) {
        String name = match.byName() ? "by its name" : "";
        String columns = switch (match.by()) {
            case HEADINGS ->
                match.filled() + " of its headings are columns of it"
                        + (match.missing().isEmpty()
                                ? ", which has no others"
                                : ", which also has " + Shown.list(match.missing()));
            case POSITION -> "it has as many fields as that has columns";
            case NOTHING -> "its fields could not be held against columns";
        };
        return "it may be of " + match.table() + ": " + name + (name.isEmpty() ? "" : ", and ") + columns;
    }
}
