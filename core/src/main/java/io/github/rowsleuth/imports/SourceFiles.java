package io.github.rowsleuth.imports;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Folders in which the files may lie from which tables were once filled, as a source of evidence: where rows are lost, they
 * may be imported again.
 *
 * <pre>{@code
 * Investigation.of("shop.orders").probes(Postgres.at("…")).probes(SourceFiles.in("/data/imports")).run().recovery()
 * }</pre>
 *
 * <p>Text with separated values and Excel workbooks are held against the tables by name, by headings and by number of
 * records. Nothing is imported, and no value of a row enters the findings. Needs read access to the folders. Symbolic links
 * within them are not followed; pipes and devices are not opened. Can not see: whether the rows were changed after they were
 * imported; {@code .xls}, {@code .ods} and archives, which it names.
 */
public final class SourceFiles implements ProbeSet {

    private final List<Path> roots;

    private SourceFiles(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * {@return the files in that folder and below; nothing is read yet}
     *
     * @param folder a folder, or one file
     * @throws IllegalArgumentException if it is no path
     */
    public static SourceFiles in(String folder) {
        return in(path(folder));
    }

    /**
     * {@return the files in that folder and below; nothing is read yet}
     *
     * @param folder a folder, or one file
     */
    public static SourceFiles in(Path folder) {
        return new SourceFiles(List.of(folder));
    }

    /**
     * {@return the same, and the files in another folder}
     *
     * @param folder a folder, or one file
     * @throws IllegalArgumentException if it is no path
     */
    public SourceFiles and(String folder) {
        List<Path> more = new ArrayList<>(roots);
        more.add(path(folder));
        return new SourceFiles(more);
    }

    private static Path path(String folder) {
        try {
            return Path.of(folder);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "expected the path of a folder with files that were imported, found '" + folder + "'", e);
        }
    }

    /** {@return the probe {@code files.sources}: which files fit the tables, and how many records they have} */
    public Probe<TableSources> sources() {
        return new FolderSearch(roots);
    }

    /** {@return {@link #sources()}} */
    @Override
    public List<Probe<?>> probes() {
        return List.of(sources());
    }

    /** {@return where it looks} */
    @Override
    public String toString() {
        return "SourceFiles" + roots;
    }
}
