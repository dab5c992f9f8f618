package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A log file, a folder of log files, or those files of a folder whose names match a pattern.
 *
 * @param path the file or the folder; its last name may hold {@code *}, <code>?</code> and braces
 */
public record LogFiles(Path path) implements LogSource {

    static final Pattern LOG = Pattern.compile(".*\\.(?:log|csv|json)(?:[.-]\\d+)?(?:\\.gz)?|.*\\.gz");
    private static final Pattern PATTERN = Pattern.compile(".*[*?{\\[].*");
    static final int MAX_FILES = 10_000;

    @Override
    public FoundLogs find(Patience patience, Consumer<Note> notes) throws ProbeUnavailableException, IOException {
        return FoundLogs.of(sequences(patience, notes));
    }

    private List<List<LogStream>> sequences(Patience patience, Consumer<Note> notes)
            throws ProbeUnavailableException, IOException {
        if (Files.isDirectory(path)) {
            refuseUnreadable(path);
            return LogFamilies.inOrder(
                    files(path, name -> LOG.matcher(name).matches(), notes), List.of(), patience, notes);
        }
        String name = String.valueOf(path.getFileName());
        if (!Files.exists(path) && PATTERN.matcher(name).matches()) {
            Path folder = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
            return LogFamilies.inOrder(
                    files(folder, n -> matcher.matches(Path.of(n)), notes), List.of(), patience, notes);
        }
        return List.of(List.of(file(name)));
    }

    private LogFile file(String name) throws ProbeUnavailableException, IOException {
        if (!Files.exists(path)) {
            throw new ProbeUnavailableException(
                    "expected a log file or a folder of logs; found nothing at " + path,
                    "SHOW log_directory; and SHOW data_directory; on the server tell where its logs are");
        }
        if (!Files.isRegularFile(path)) {
            throw new ProbeUnavailableException(
                    "expected a regular file or a folder; " + path + " is a pipe, a device or something else",
                    "write it into a file first, and give that");
        }
        refuseUnreadable(path);
        return new LogFile(path.toRealPath(), name);
    }

    private static void refuseUnreadable(Path path) throws ProbeUnavailableException {
        if (!Files.isReadable(path)) {
            throw new ProbeUnavailableException(
                    "expected to read " + path + "; this user may not",
                    "run as a member of the group that owns the logs (adm on Debian), or copy them");
        }
    }

    private List<LogFile> files(Path folder, java.util.function.Predicate<String> wanted, Consumer<Note> notes)
            throws ProbeUnavailableException, IOException {
        List<LogFile> found = new ArrayList<>();
        List<String> links = new ArrayList<>();
        int more = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!wanted.test(name)) {
                    continue;
                }
                if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    if (leadsOutside(entry, folder)) {
                        links.add(name);
                    }
                } else if (found.size() < MAX_FILES) {
                    found.add(new LogFile(entry, name));
                } else {
                    more++;
                }
            }
        }
        report(links, more, notes);
        if (found.isEmpty()) {
            throw new ProbeUnavailableException(
                    "expected files named *.log, *.csv, *.json, with a number or not, packed or not; found none of them in "
                            + path,
                    "SHOW log_directory; on the server tells where its logs are, and SHOW log_filename; their names");
        }
        found.sort(Comparator.comparing(LogFile::name));
        return found;
    }

    private static boolean leadsOutside(Path entry, Path folder) throws IOException {
        if (!Files.isSymbolicLink(entry)) {
            return false;
        }
        return !Files.exists(entry) || !entry.toRealPath().startsWith(folder.toRealPath());
    }

    private static void report(List<String> links, int more, Consumer<Note> notes) {
        if (!links.isEmpty()) {
            notes.accept(new Note(
                    "symbolic links that lead out of the folder: " + sorted(links),
                    "the logs behind them were not read",
                    "give the folder that they lead to as well"));
        }
        if (more > 0) {
            notes.accept(new Note(
                    more + " logs beyond the first " + MAX_FILES,
                    "what they say is not known",
                    "give them in parts, by a pattern such as postgresql-2026-11-*.log"));
        }
    }

    private static String sorted(List<String> names) {
        return String.join(", ", names.stream().sorted().limit(5).toList())
                + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
