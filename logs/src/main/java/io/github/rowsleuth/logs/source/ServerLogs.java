package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.logs.record.LinePrefix;
import io.github.rowsleuth.logs.time.Zones;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The log of a server that its collector writes, read over SQL.
 *
 * @param dataSource leads to the server
 */
public record ServerLogs(DataSource dataSource) implements LogSource {

    /** Servers write the last record to one file a little later than to another. */
    private static final long TOGETHER = 2_000;

    private static final String NO_DIRECTORY = "58P01";

    @Override
    public FoundLogs find(Patience patience, Consumer<Note> notes) throws ProbeUnavailableException, IOException {
        ServerSession session = ServerSession.open(dataSource, patience);
        try {
            return new Search(session, ServerAccess.of(session), patience, notes).logs();
        } catch (SQLException e) {
            session.close();
            throw new ProbeUnavailableException(
                    "the server could not be asked for its log (state " + ServerSession.state(e) + ")",
                    "look into the server log by other means at this moment, and ask again",
                    e);
        } catch (ProbeUnavailableException | IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "the log that the server writes";
    }

    /** Looks for the files. */
    private record Search(ServerSession session, ServerAccess access, Patience patience, Consumer<Note> notes) {

        FoundLogs logs() throws SQLException, ProbeUnavailableException, IOException {
            boolean collects = "on".equals(access.settings().get("logging_collector"));
            List<ServerAccess.Listed> listed = listed(collects);
            Optional<String> current = access.current(session);
            List<ServerAccess.Listed> logs =
                    listed.stream().filter(file -> isLog(file.name(), current)).toList();
            if (logs.isEmpty()) {
                throw collects ? nothingWritten() : notCollected();
            }
            if (!collects) {
                notes.accept(new Note(
                        "the log of now: logging_collector is off, and the files in log_directory are of before",
                        "what the server says since then is not known",
                        elsewhere()));
            }
            Optional<String> directory = access.directory(current);
            if (!access.canRead(directory)) {
                throw unreadable(logs);
            }
            List<ServerFile> files = logs.stream()
                    .limit(LogFiles.MAX_FILES)
                    .map(file -> new ServerFile(session, access, directory, file))
                    .toList();
            if (logs.size() > files.size()) {
                notes.accept(new Note(
                        logs.size() - files.size() + " logs beyond the first " + LogFiles.MAX_FILES,
                        "what they say is not known",
                        "copy them from log_directory and give them as files"));
            }
            List<String> facts = new ArrayList<>(List.of(settings()));
            List<ServerFile> wanted = withoutTwins(files, facts);
            return new FoundLogs(
                    LogFamilies.inOrder(wanted, prefixes(), patience, notes), access.settings(), facts, session);
        }

        private List<ServerAccess.Listed> listed(boolean collects)
                throws SQLException, ProbeUnavailableException, IOException {
            if (!access.lists()) {
                throw collects ? unlisted() : notCollected();
            }
            try {
                return session.rows(ServerAccess.LIST, ServerAccess.Listed::of);
            } catch (SQLException e) {
                if (ServerSession.state(e).equals(NO_DIRECTORY)) {
                    return List.of();
                }
                throw e;
            }
        }

        /** {@return the prefix of now, if it can be read} */
        private List<String> prefixes() {
            return Optional.ofNullable(access.settings().get("log_line_prefix"))
                    .filter(LinePrefix::tellsTime)
                    .map(List::of)
                    .orElse(List.of());
        }

        private static boolean isLog(String name, Optional<String> current) {
            return LogFiles.LOG.matcher(name).matches()
                    || !name.contains(".")
                    || current.filter(file -> file.endsWith("/" + name)).isPresent();
        }

        private String settings() {
            return "the server says "
                    + new TreeMap<>(access.settings())
                            .entrySet().stream()
                                    .map(setting -> setting.getKey() + " = '" + setting.getValue() + "'")
                                    .collect(Collectors.joining(", "));
        }

        // ---- several destinations

        /**
         * Leaves out what another file says as well and better: {@code jsonlog} and {@code csvlog} have a field for
         * everything, {@code stderr} only what {@code log_line_prefix} asks for. Files of one name but for its end are
         * written at the same time; one begins later or ends earlier where a destination was added or taken away.
         */
        private List<ServerFile> withoutTwins(List<ServerFile> files, List<String> facts)
                throws ProbeUnavailableException, IOException {
            Map<String, List<ServerFile>> byBase =
                    files.stream().collect(Collectors.groupingBy(file -> LogFamilies.base(file.name())));
            List<ServerFile> kept = new ArrayList<>();
            int left = 0;
            for (ServerFile file : files) {
                List<ServerFile> twins = byBase.getOrDefault(LogFamilies.base(file.name()), List.of());
                if (isToldBy(file, twins)) {
                    left++;
                } else {
                    kept.add(file);
                }
            }
            if (left > 0) {
                facts.add(left + " of " + files.size() + " log files were not read, since a file beside each of them"
                        + " has the same records of the same time, in jsonlog or csvlog with a field for everything");
            }
            return kept;
        }

        private boolean isToldBy(ServerFile file, List<ServerFile> twins)
                throws ProbeUnavailableException, IOException {
            for (ServerFile twin : twins) {
                boolean better = BETTER.compare(twin, file) > 0;
                if (better && isAsOld(twin, file) && isAsNew(twin, file)) {
                    return true;
                }
            }
            return false;
        }

        private static final Comparator<ServerFile> BETTER =
                Comparator.comparingInt(file -> List.of("log", "csv", "json").indexOf(LogFamilies.format(file.name())));

        private static boolean isAsNew(ServerFile twin, ServerFile file) {
            long twins = twin.written().orElseThrow().toEpochMilli();
            return twins >= file.written().orElseThrow().toEpochMilli() - TOGETHER;
        }

        private boolean isAsOld(ServerFile twin, ServerFile file) throws ProbeUnavailableException, IOException {
            patience.check();
            Zones zones = Zones.named(Optional.ofNullable(access.settings().get("log_timezone"))
                    .map(List::of)
                    .orElse(List.of()));
            Moment twins = LogFamilies.first(twin, prefixes(), patience).moment(zones);
            Moment own = LogFamilies.first(file, prefixes(), patience).moment(zones);
            return twins.latest().isPresent()
                    && own.earliest().isPresent()
                    && !twins.latest().get().isAfter(own.earliest().get().plusMillis(TOGETHER));
        }

        // ---- why there is nothing

        private ProbeUnavailableException unlisted() {
            return new ProbeUnavailableException(
                    "the role " + access.role() + " may not list the logs of the server" + access.distrust(),
                    access.listingRemedy() + "; to read them, " + access.readingRemedy());
        }

        private ProbeUnavailableException unreadable(List<ServerAccess.Listed> logs) {
            ServerAccess.Listed newest = logs.stream()
                    .max(Comparator.comparingLong(ServerAccess.Listed::modified))
                    .orElseThrow();
            long size = logs.stream().mapToLong(ServerAccess.Listed::size).sum();
            return new ProbeUnavailableException(
                    "the role " + access.role() + " may list the logs of the server but not read them: " + logs.size()
                            + (logs.size() == 1 ? " file" : " files") + " of " + size + " bytes, " + newest.name()
                            + " written last, at " + Instant.ofEpochMilli(newest.modified())
                            + access.distrust(),
                    access.readingRemedy());
        }

        private static ProbeUnavailableException nothingWritten() {
            return new ProbeUnavailableException(
                    "expected logs in the log_directory of the server; found none",
                    "see what removes them, and look where logs are archived");
        }

        private ProbeUnavailableException notCollected() {
            return new ProbeUnavailableException(
                    "logging_collector is off: the server keeps no log that can be read over SQL; its log_destination is "
                            + access.settings().getOrDefault("log_destination", "not told"),
                    elsewhere());
        }

        private String elsewhere() {
            String destination = access.settings().getOrDefault("log_destination", "");
            return destination.contains("syslog")
                    ? "read it where syslog puts it, such as PostgresLogs.in(\"/var/log/syslog\") or ofUnit(…)"
                    : "read what its standard error leads to: PostgresLogs.ofContainer(…), ofPod(…), ofUnit(…), or"
                            + " in(\"/var/log/postgresql\"); pg_ctl -l names the file that it was started with";
        }
    }
}
