package io.github.rowsleuth.logs;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import io.github.rowsleuth.probe.StatementProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The logs of a PostgreSQL server: a file, a folder of rotated files, or what a container wrote.
 *
 * <p>Reads the {@code stderr} format in English, packed with gzip or not. A log is read once from its beginning to its
 * end, in memory that does not grow with it; nothing is written. What it could not have shown, and what of it could not
 * be read, is said as a gap.
 *
 * <p>Immutable; the {@code with…} methods give a copy.
 */
public final class PostgresLogs implements ProbeSet {

    private final LogSource source;
    private final Optional<LinePrefix> prefix;

    private PostgresLogs(LogSource source, Optional<LinePrefix> prefix) {
        this.source = source;
        this.prefix = prefix;
    }

    /**
     * {@return the logs in that place}
     *
     * @param path a log file, packed with gzip or not, or a folder that holds files named {@code *.log}, {@code *.log.N}
     *     or {@code *.gz}
     */
    public static PostgresLogs in(String path) {
        return in(Path.of(path));
    }

    /**
     * {@return the logs in that place}
     *
     * @param path a log file, packed with gzip or not, or a folder that holds files named {@code *.log}, {@code *.log.N}
     *     or {@code *.gz}
     */
    public static PostgresLogs in(Path path) {
        return new PostgresLogs(new LogFolder(path), Optional.empty());
    }

    /**
     * {@return what a container wrote, as {@code docker logs} prints it}
     *
     * @param name the name or the id of the container
     * @throws IllegalArgumentException if that can not be the name of a container
     */
    public static PostgresLogs ofContainer(String name) {
        return new PostgresLogs(new ContainerLog("docker", name), Optional.empty());
    }

    /**
     * {@return the same container, asked through another client than {@code docker}}
     *
     * @param executable its name or path, such as {@code podman} or {@code nerdctl}; it is run with the two arguments
     *     {@code logs} and the name of the container, without a shell
     * @throws IllegalStateException if these are the logs of files
     */
    public PostgresLogs withContainerClient(String executable) {
        if (source instanceof ContainerLog container) {
            return new PostgresLogs(new ContainerLog(executable, container.container()), prefix);
        }
        throw new IllegalStateException("expected the log of a container, as ofContainer(name) gives it; found "
                + source + ", which needs no client");
    }

    /**
     * {@return the same logs, their lines beginning as that setting says; without it the defaults of PostgreSQL and of
     * Debian are tried}
     *
     * @param logLinePrefix what {@code SHOW log_line_prefix} prints, such as {@code "%m [%p] %q%u@%d app=%a "}
     * @throws IllegalArgumentException if it has an escape that PostgreSQL does not know, or no time stamp
     */
    public PostgresLogs withPrefix(String logLinePrefix) {
        return new PostgresLogs(source, Optional.of(LinePrefix.compile(logLinePrefix)));
    }

    /** {@return the probe for destructive statements, under the id {@code logs.statements}} */
    public StatementProbe statements() {
        return new LogStatements(source, new Prefixes(prefix));
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(statements());
    }

    @Override
    public String toString() {
        return "PostgresLogs of " + source;
    }
}
