package io.github.rowsleuth.imports;

import java.util.List;

/**
 * The files from which lost tables could be filled again.
 *
 * @param files by path, then by sheet
 */
public record TableSources(List<SourceFile> files) {

    /** Copies the list. */
    public TableSources {
        files = List.copyOf(files);
    }
}
