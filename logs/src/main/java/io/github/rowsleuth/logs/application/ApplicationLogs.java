package io.github.rowsleuth.logs.application;

import io.github.rowsleuth.imports.ImportRuns;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The logs of an application, as a source of evidence: what it says of its imports ties a source file to a table and to a
 * time, and so tells which file can fill the table again.
 *
 * <pre>{@code
 * Investigation.of("shop.orders").probes(SourceFiles.in("/data/imports")).probes(ApplicationLogs.in("/var/log/app")).run()
 * }</pre>
 *
 * <p>Reads lines of text, of JSON, and of {@code key=value} pairs, packed by gzip or not, in files that are called like
 * logs. What enters the findings is when an import ran, the name of its file without folders, how many rows it brought, and
 * its table; never a line as it stands there. Needs read access to the files. Symbolic links within the folder are not
 * followed; pipes and devices are not opened. Can not see: imports that are not logged, and those that are logged in words
 * it does not know.
 */
public final class ApplicationLogs implements ProbeSet {

    private final Path root;
    private final Optional<ZoneId> zone;

    private ApplicationLogs(Path root, Optional<ZoneId> zone) {
        this.root = root;
        this.zone = zone;
    }

    /**
     * {@return the logs in that folder and below; nothing is read yet}
     *
     * @param folder a folder, or one file
     * @throws IllegalArgumentException if it is no path
     */
    public static ApplicationLogs in(String folder) {
        try {
            return in(Path.of(folder));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "expected the path of a folder with logs of an application, found '" + folder + "'", e);
        }
    }

    /**
     * {@return the logs in that folder and below; nothing is read yet}
     *
     * @param folder a folder, or one file
     */
    public static ApplicationLogs in(Path folder) {
        return new ApplicationLogs(folder, Optional.empty());
    }

    /**
     * {@return the same, knowing the time zone of the application}. Without it a time that bears none is an interval of 26
     * hours.
     *
     * @param logger the time zone in which the application logs
     */
    public ApplicationLogs withZone(ZoneId logger) {
        return new ApplicationLogs(root, Optional.of(logger));
    }

    /** {@return the probe {@code logs.imports}: the imports that were logged, as far as they concern the tables or the source files that were found} */
    public Probe<ImportRuns> imports() {
        return new ImportSearch(root, new LogTime(zone));
    }

    /** {@return {@link #imports()}} */
    @Override
    public List<Probe<?>> probes() {
        return List.of(imports());
    }

    /** {@return where it looks} */
    @Override
    public String toString() {
        return "ApplicationLogs[" + root + "]";
    }
}
