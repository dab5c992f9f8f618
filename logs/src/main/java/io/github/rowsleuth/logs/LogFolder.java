package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A log file, or a folder of log files.
 *
 * @param path the file or the folder
 */
record LogFolder(Path path) implements LogSource {

    private static final Pattern LOG = Pattern.compile(".*\\.log(\\.\\d+)?|.*\\.gz");
    private static final Pattern OTHER_FORMAT = Pattern.compile(".*\\.(csv|json)(\\.\\d+)?");
    private static final int MAX_FILES = 10_000;

    /**
     * A file with the time of its first record.
     *
     * @param file the file
     * @param first when its first record was written
     */
    private record Dated(LogFile file, Moment first) {}

    @Override
    public List<LogStream> streams(Prefixes prefixes, Examination examination)
            throws ProbeUnavailableException, IOException {
        if (Files.isDirectory(path)) {
            return List.copyOf(inOrder(files(examination), prefixes, examination));
        }
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
        return List.of(new LogFile(path.toRealPath(), String.valueOf(path.getFileName())));
    }

    private static void refuseUnreadable(Path path) throws ProbeUnavailableException {
        if (!Files.isReadable(path)) {
            throw new ProbeUnavailableException(
                    "expected to read " + path + "; this user may not",
                    "run as a member of the group that owns the logs (adm on Debian), or copy them");
        }
    }

    private List<LogFile> files(Examination examination) throws ProbeUnavailableException, IOException {
        refuseUnreadable(path);
        List<LogFile> found = new ArrayList<>();
        List<String> links = new ArrayList<>();
        List<String> otherFormats = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                boolean regular = Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
                if (regular && LOG.matcher(name).matches() && found.size() < MAX_FILES) {
                    found.add(new LogFile(entry, name));
                } else if (LOG.matcher(name).matches() && leadsOutside(entry)) {
                    links.add(name);
                } else if (regular && OTHER_FORMAT.matcher(name).matches()) {
                    otherFormats.add(name);
                }
            }
        }
        report(links, otherFormats, examination);
        if (found.isEmpty()) {
            throw new ProbeUnavailableException(
                    "expected files named *.log, *.log.N or *.gz; found none of them in " + path,
                    "SHOW log_directory; on the server tells where its logs are, and SHOW log_filename; their names");
        }
        found.sort(Comparator.comparing(LogFile::name));
        return found;
    }

    private boolean leadsOutside(Path entry) throws IOException {
        if (!Files.isSymbolicLink(entry)) {
            return false;
        }
        return !Files.exists(entry) || !entry.toRealPath().startsWith(path.toRealPath());
    }

    private static void report(List<String> links, List<String> otherFormats, Examination examination) {
        if (!links.isEmpty()) {
            examination.gap(
                    "symbolic links that lead out of the folder: " + sorted(links),
                    "the logs behind them were not read",
                    "give the folder that they lead to as well");
        }
        if (!otherFormats.isEmpty()) {
            examination.gap(
                    "logs in the formats csvlog and jsonlog: " + sorted(otherFormats),
                    "they were not read",
                    "SHOW log_destination; tells whether the *.log files hold the same records");
        }
    }

    private static String sorted(List<String> names) {
        return String.join(", ", names.stream().sorted().limit(5).toList())
                + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "");
    }

    private static List<LogFile> inOrder(List<LogFile> files, Prefixes prefixes, Examination examination)
            throws IOException, ProbeUnavailableException {
        if (files.size() == 1) {
            return files;
        }
        Patience patience = Patience.of(examination);
        List<Dated> dated = new ArrayList<>();
        for (LogFile file : files) {
            patience.check();
            dated.add(new Dated(file, first(file, prefixes, patience).orElseGet(Moment::unknown)));
        }
        dated.sort(Comparator.comparing(Dated::first));
        return dated.stream().map(Dated::file).toList();
    }

    private static Optional<Moment> first(LogFile file, Prefixes prefixes, Patience patience) {
        try (LogStream.Bytes bytes = file.open(patience)) {
            Prefixes.Sample sample = Prefixes.sample(new LineReader(bytes.in()));
            return prefixes.firstHead(sample.lines()).map(Head::moment);
        } catch (IOException unreadable) {
            return Optional.empty(); // said when it is read
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
