package io.github.rowsleuth.imports;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run of an import, as the log of an application tells it.
 *
 * @param moment when it was logged
 * @param file the name of the file without folders, where it was named
 * @param rows how many rows it says it imported
 * @param table the table it names, as it stands there
 * @param failed whether it says that it failed
 * @param evidence where it was recorded
 */
public record ImportRun(
        Moment moment,
        Optional<String> file,
        Optional<Long> rows,
        Optional<String> table,
        boolean failed,
        List<EvidenceId> evidence) {

    /** Copies the list. */
    public ImportRun {
        evidence = List.copyOf(evidence);
    }

    /**
     * {@return whether the table that it names is this one, in the singular or the plural, as a table or as a class of the
     * application is called}
     *
     * @param other a table, with or without its schema
     */
    public boolean names(TableName other) {
        return table.filter(written -> {
                    String bare = written.replace("\"", "");
                    int dot = bare.lastIndexOf('.');
                    Optional<String> schema = dot < 0 ? Optional.empty() : Optional.of(bare.substring(0, dot));
                    boolean same = Words.singular(bare.substring(dot + 1)).equals(Words.singular(other.name()));
                    return same
                            && schema.filter(s -> other.schema()
                                            .filter(o -> !o.equalsIgnoreCase(s))
                                            .isPresent())
                                    .isEmpty();
                })
                .isPresent();
    }

    /**
     * {@return whether it was of a file of that name, packed or not}
     *
     * @param name the name of a file without folders
     */
    public boolean ofFile(String name) {
        return file.filter(f -> unpacked(f).equalsIgnoreCase(unpacked(name))).isPresent();
    }

    private static String unpacked(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
    }
}
