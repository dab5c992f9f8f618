package io.github.rowsleuth.imports;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.values.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A file, or one sheet of a workbook, from which a table may have been filled and could be filled again. It holds headings
 * and counts, never a value of a row.
 */
@Value.Immutable
@ValueStyle
public interface SourceFile {

    /** {@return where it lies: a path of the machine, or within a repository} */
    String path();

    /** {@return the repository that holds it; empty for a file of the machine} */
    Optional<String> repository();

    /** {@return a commit that holds it, the one that brought this content where that is known; empty for a file of the machine} */
    Optional<CommitRef> commit();

    /** {@return how its records are written; empty for a sheet of a workbook} */
    Optional<CsvLayout> csv();

    /** {@return the sheet of a workbook; empty for a text file} */
    Optional<String> sheet();

    /** {@return how many fields its first record has} */
    int width();

    /** {@return its headings, in their order; empty where the first record was not recognised as such, since it may be a row} */
    List<String> headings();

    /** {@return how many records it has, headings not counted; at least as many, where it was not read to its end} */
    long rows();

    /** {@return whether it was read to its end} */
    @Value.Default
    default boolean whole() {
        return true;
    }

    /** {@return how many records have more or fewer fields than the first; {@code COPY} stops at such a record} */
    @Value.Default
    default long irregular() {
        return 0;
    }

    /** {@return when this content was there: the last time the file was written, or when it was committed} */
    @Value.Default
    default Moment written() {
        return Moment.unknown();
    }

    /** {@return the tables it may belong to; never empty} */
    List<SourceMatch> matches();

    /** {@return what is wrong with it; empty if nothing was seen} */
    Optional<String> damage();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /**
     * {@return what ties it to that table}
     *
     * @param table a table, with or without its schema
     */
    default Optional<SourceMatch> of(TableName table) {
        return matches().stream().filter(m -> table.matches(m.table())).findFirst();
    }

    /** {@return its path as a report may show it: without what could draw on a terminal} */
    default String shownPath() {
        return Shown.path(path());
    }

    /** {@return its name without folders, as a report may show it} */
    default String name() {
        String shown = shownPath();
        return shown.substring(Math.max(shown.lastIndexOf('/'), shown.lastIndexOf('\\')) + 1);
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableSourceFile.Builder {
        Builder() {}
    }
}
