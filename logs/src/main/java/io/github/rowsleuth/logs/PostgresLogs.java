package io.github.rowsleuth.logs;

import io.github.rowsleuth.logs.record.LinePrefix;
import io.github.rowsleuth.logs.source.ClientLog;
import io.github.rowsleuth.logs.source.LogFiles;
import io.github.rowsleuth.logs.source.LogSource;
import io.github.rowsleuth.logs.source.OpenedLog;
import io.github.rowsleuth.logs.source.ServerLogs;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import io.github.rowsleuth.probe.StatementProbe;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * The logs of a PostgreSQL server: files, what a container or a pod wrote, a stream, what
 * the server gives out over SQL.
 *
 * <p>Every format that PostgreSQL writes is read, and each line tells by itself which one it is in: {@code stderr} with
 * any {@code log_line_prefix}, {@code csvlog}, {@code jsonlog}, syslog; as they are or wrapped by Docker, Kubernetes,
 * journald or a cloud; in English or one of the eleven languages of PostgreSQL; packed with gzip or not. A log is read
 * once from its beginning to its end, in memory that does not grow with it; nothing is written. What it could not have
 * shown, and what of it could not be read, is said as a gap.
 *
 * <p>Immutable; the {@code with…} methods give a copy.
 */
public final class PostgresLogs implements ProbeSet {

    private final List<LogSource> sources;
    private final LogOptions options;

    private PostgresLogs(List<LogSource> sources, LogOptions options) {
        this.sources = List.copyOf(sources);
        this.options = options;
    }

    private static PostgresLogs of(LogSource source) {
        return new PostgresLogs(List.of(source), LogOptions.DEFAULT);
    }

    /**
     * {@return the logs in that place}
     *
     * @param path a log file, packed with gzip or not; a folder of rotated logs, named {@code *.log}, {@code *.csv} or
     *     {@code *.json}, with a number or {@code .gz} after it; or such a folder with a pattern for the names in it, as
     *     in {@code /var/log/postgresql/postgresql-16-*.log*}
     */
    public static PostgresLogs in(String path) {
        return in(Path.of(path));
    }

    /**
     * {@return the logs in that place}
     *
     * @param path a log file, packed with gzip or not; a folder of rotated logs; or such a folder with a pattern for the
     *     names in it
     */
    public static PostgresLogs in(Path path) {
        return of(new LogFiles(path));
    }

    /**
     * {@return a log that comes as a stream of bytes, packed with gzip or not}
     *
     * @param name how evidence names it
     * @param opener opens the stream; it is closed when it was read
     */
    public static PostgresLogs reading(String name, Callable<? extends InputStream> opener) {
        return of(new OpenedLog(name, opener));
    }

    /**
     * {@return the log that a server's own collector writes, read over SQL; nothing connects yet}
     *
     * <p>The server is asked for {@code log_line_prefix}, {@code log_destination}, {@code log_timezone} and the like, and
     * for the files in {@code log_directory} ({@code pg_ls_logdir}, {@code pg_read_binary_file}: PostgreSQL documentation,
     * "System Administration Functions"). They are read in parts of 1 MB at most, each in a read-only transaction of its
     * own that is rolled back, with 5 seconds for each statement and 200 ms for each lock, on one connection under the
     * name {@code rowsleuth}, which is given back as it came. Where several destinations are on, {@code jsonlog} is read
     * before {@code csvlog} and that before {@code stderr}, as far as they are of the same time. A file that is rotated,
     * cut, overwritten or written while it is read is told as a gap. Reading leaves lines in the log if the server logs
     * every statement.
     *
     * <p>Needs PostgreSQL 13 or newer with {@code logging_collector = on}; without it the outcome says where the log goes.
     * {@code pg_monitor} may list the files. To read them takes a superuser, or {@code EXECUTE} on
     * {@code pg_read_binary_file(text, bigint, bigint, boolean)}, which opens every file of the server, password hashes
     * included; better, a superuser lends the function {@code rowsleuth.log_bytes}, which the outcome gives word for word
     * and which opens the files of {@code log_directory} only.
     *
     * @param dataSource leads to the server, any database; {@code Postgres.at(…).dataSource()} is one. Prefer one without
     *     a pool and with time-outs of its own: how long it waits for a connection is beyond what a probe can bound
     */
    public static PostgresLogs ofServer(DataSource dataSource) {
        return of(new ServerLogs(dataSource));
    }

    /**
     * {@return what a container wrote, as {@code docker logs} prints it}
     *
     * @param name the name or the id of the container
     * @throws IllegalArgumentException if that can not be the name of a container
     */
    public static PostgresLogs ofContainer(String name) {
        return of(ClientLog.ofContainer("docker", name));
    }

    /**
     * {@return what a pod wrote, as {@code kubectl logs} prints it}
     *
     * @param namespace the namespace, empty for the one that the client uses by itself
     * @param pod the name of the pod
     * @param container the container in the pod, empty for the one that the client chooses by itself
     * @throws IllegalArgumentException if one of them can not be a name
     */
    public static PostgresLogs ofPod(String namespace, String pod, String container) {
        return of(ClientLog.ofPod("kubectl", namespace, pod, container));
    }

    /**
     * {@return what a unit of systemd wrote, as {@code journalctl} prints it}
     *
     * @param unit the name of the unit, such as {@code postgresql@16-main}
     * @throws IllegalArgumentException if that can not be the name of a unit
     */
    public static PostgresLogs ofUnit(String unit) {
        return of(ClientLog.ofUnit("journalctl", unit));
    }

    /**
     * {@return the same container, pod or unit, asked through another client}
     *
     * @param executable its name or path, such as {@code podman}, {@code nerdctl} or {@code oc}; it is run with the same
     *     arguments, without a shell
     * @throws IllegalStateException if these are the logs of files
     */
    public PostgresLogs withClient(String executable) {
        List<LogSource> others = new ArrayList<>();
        for (LogSource source : sources) {
            if (!(source instanceof ClientLog client)) {
                throw new IllegalStateException("expected the log of a container, a pod or a unit; found " + source
                        + ", which needs no client");
            }
            others.add(client.through(executable));
        }
        return new PostgresLogs(others, options);
    }

    /**
     * {@return the same container, asked through another client than {@code docker}}
     *
     * @param executable its name or path, such as {@code podman} or {@code nerdctl}
     * @throws IllegalStateException if these are the logs of files
     */
    public PostgresLogs withContainerClient(String executable) {
        return withClient(executable);
    }

    /**
     * {@return the same logs, their lines beginning as that setting says; without it the prefix is inferred from the
     * lines}
     *
     * @param logLinePrefix what {@code SHOW log_line_prefix} prints, such as {@code "%m [%p] %q%u@%d app=%a "}
     * @throws IllegalArgumentException if it has an escape that PostgreSQL does not know
     */
    public PostgresLogs withPrefix(String logLinePrefix) {
        return new PostgresLogs(
                sources, options.withPrefix(LinePrefix.compile(logLinePrefix).toString()));
    }

    /**
     * {@return the same logs, their times being of these zones: it decides what an abbreviation such as {@code IST}
     * means, and what a time without a zone}
     *
     * @param zones what {@code SHOW log_timezone} prints, or the zone of the machine that ran syslog
     */
    public PostgresLogs withTimeZones(ZoneId... zones) {
        return new PostgresLogs(sources, options.withZones(List.of(zones)));
    }

    /**
     * {@return the same logs, read by so many threads at most; by default by as many as there are processors, up to four}
     *
     * @param number at least 1
     * @throws IllegalArgumentException if there would be none
     */
    public PostgresLogs withThreads(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("expected at least one thread, found " + number + "; give 1 or more");
        }
        return new PostgresLogs(sources, options.withThreads(number));
    }

    /**
     * {@return these logs and others of the same server, as one source: what they hold is put in the order of time, and
     * what is in several of them counts once}
     *
     * @param others other logs; how they are read is what was said of these
     */
    public PostgresLogs and(PostgresLogs others) {
        List<LogSource> all = new ArrayList<>(sources);
        all.addAll(others.sources);
        return new PostgresLogs(all, options);
    }

    /**
     * {@return the same logs, read so that a later reading can go on where this one ends}
     *
     * <p>The answer then has a {@linkplain io.github.rowsleuth.probe.Statements#resumeToken() token}: a short text that can
     * be kept anywhere and be given to {@link #after}. It holds file names, sizes and hashes, and of sessions that did
     * something which has not ended their names and statements, literals redacted; no path, no password, no line of the
     * log. A line at the very end that has no line feed yet is left to the later reading.
     */
    public PostgresLogs resumable() {
        return new PostgresLogs(sources, options.withResumable(Optional.empty()));
    }

    /**
     * {@return the same logs, read from where an earlier reading of them ended; the answer has a token again}
     *
     * <p>Only what is new is read, also when files were renamed, packed or copied and cut since. What was rotated away, cut
     * or overwritten before it was read is told as a gap. Sessions and transactions go on over the end of a reading: a
     * statement that was told before is told again only if something of it has become known since, such as how it ended,
     * and is then {@linkplain io.github.rowsleuth.probe.ObservedStatement#toldBefore() marked}. What the log could have
     * shown is said of all readings together; counts and clusters are of this one.
     *
     * <p>An answer has no token where the reading was cut short by its deadline or by an interruption: the token before it is
     * still good. A container whose runtime rotates its log by itself begins elsewhere then; what is left of such a log is told
     * again from its beginning, after the gap.
     *
     * <p>Give the same sources in the same order. That the rest of the log shows transactions, or names its time zone,
     * makes no statement of an earlier reading come again. Where one server writes several formats and more than one of
     * them is read, a statement that had reached one file and not yet the other can be told twice.
     *
     * @param token what {@code resumeToken()} of the earlier answer holds
     * @throws IllegalArgumentException if it is no such token, is damaged, or is of another version
     */
    public PostgresLogs after(String token) {
        return new PostgresLogs(sources, options.withResumable(Optional.of(ResumeToken.parse(token))));
    }

    /** {@return the probe for destructive statements, under the id {@code logs.statements}} */
    public StatementProbe statements() {
        return new LogStatements(sources, options);
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(statements());
    }

    @Override
    public String toString() {
        return "PostgresLogs of " + sources;
    }
}
