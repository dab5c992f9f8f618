package io.github.rowsleuth.logs.application;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.imports.ImportRun;
import io.github.rowsleuth.imports.ImportRuns;
import io.github.rowsleuth.imports.SourceFile;
import io.github.rowsleuth.imports.TableSources;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Volatility;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Reads the logs of a folder for imports that concern the incident. */
final class ImportSearch implements Probe<ImportRuns> {

    private static final int MOST_RUNS = 1_000;
    private static final int BUFFER = 64 << 10;
    private static final int LINES_PER_LOOK = 512;

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9]*(?:[._][a-z0-9]+)+");

    private final Path root;
    private final LogTime time;

    ImportSearch(Path root, LogTime time) {
        this.root = root;
        this.time = time;
    }

    @Override
    public Class<ImportRuns> answerType() {
        return ImportRuns.class;
    }

    @Override
    public String id() {
        return "logs.imports";
    }

    @Override
    public Volatility volatility() {
        return Volatility.LOG;
    }

    @Override
    public List<Class<?>> buildsOn() {
        return List.of(TableSources.class);
    }

    @Override
    public ImportRuns examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        LogFolder logs = LogFolder.of(root, examination);
        Reading reading = new Reading(examination);
        for (Path file : logs.files()) {
            if (reading.full() || logs.late()) {
                reading.unread++;
            } else {
                reading.read(file, logs);
            }
        }
        return reading.answer(logs);
    }

    private final class Reading {
        private final Examination examination;
        private final List<ImportRun> runs = new ArrayList<>();
        private final List<String> sources;
        private long lines;
        private long others;
        private int unread;
        private int damaged;

        Reading(Examination examination) {
            this.examination = examination;
            this.sources = examination.answers(TableSources.class).stream()
                    .flatMap(s -> s.files().stream())
                    .map(SourceFile::name)
                    .distinct()
                    .toList();
        }

        boolean full() {
            return runs.size() >= MOST_RUNS;
        }

        void read(Path file, LogFolder logs) throws InterruptedException {
            try (InputStream raw =
                            new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), BUFFER);
                    InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, BUFFER) : raw) {
                LogLines all = new LogLines(in);
                for (Optional<String> line = all.next(); line.isPresent(); line = all.next()) {
                    lines++;
                    if (all.number() % LINES_PER_LOOK == 0 && logs.late()) {
                        unread++;
                        return;
                    }
                    long number = all.number();
                    Entry.of(line.get(), time).ifPresent(entry -> add(entry, file, number));
                    if (full()) {
                        unread++;
                        return;
                    }
                }
            } catch (EOFException e) {
                damaged++;
            } catch (IOException e) {
                unread++;
            }
        }

        private void add(Entry entry, Path file, long line) {
            ImportRun run = new ImportRun(
                    entry.moment(),
                    entry.file(),
                    entry.rows(),
                    entry.table().map(this::shown),
                    entry.failed(),
                    List.of());
            if (!concerns(run)) {
                others++;
                return;
            }
            EvidenceId id = examination.record(
                    new Observation.ServerFact(summary(run)),
                    run.moment(),
                    new Provenance(root.toString(), file + ":" + line));
            runs.add(new ImportRun(run.moment(), run.file(), run.rows(), run.table(), run.failed(), List.of(id)));
        }

        /** What stands after "into" may be the name of a person. */
        private String shown(String table) {
            ImportRun only = new ImportRun(
                    Moment.unknown(), Optional.empty(), Optional.empty(), Optional.of(table), false, List.of());
            boolean known = examination.incident().tables().stream().anyMatch(only::names);
            return known || IDENTIFIER.matcher(table).matches() ? table : "another table";
        }

        /** Of a table of the incident, or of a file that was found to fit one. */
        private boolean concerns(ImportRun run) {
            List<TableName> tables = examination.incident().tables();
            return tables.stream().anyMatch(run::names) || sources.stream().anyMatch(run::ofFile);
        }

        private static String summary(ImportRun run) {
            return "an application logged " + (run.failed() ? "a failed import" : "an import")
                    + run.rows().map(n -> " of " + n + " rows").orElse("")
                    + run.file().map(f -> " from " + f).orElse("")
                    + run.table().map(t -> " into " + t).orElse("");
        }

        ImportRuns answer(LogFolder logs) {
            if (unread > 0 || logs.cut()) {
                examination.gap(
                        unread + " logs below " + root + " were not read, or not to their end"
                                + (logs.cut() ? ", and not every file was seen" : ""),
                        "more imports may have been logged",
                        "allow more time with probeDeadline(…), name a smaller folder, and check the rights on the files");
            }
            if (damaged > 0) {
                examination.gap(
                        damaged + " packed logs below " + root + " end too early",
                        "imports that were logged after that are not known",
                        "look for a whole copy of them");
            }
            String read = lines + " lines of " + logs.files().size() + " logs; " + runs.size()
                    + " imports concern the incident, " + others + " others do not";
            boolean whole = unread == 0 && damaged == 0 && !logs.cut();
            examination.coverage(whole ? Coverage.complete(read) : Coverage.partial(read));
            return new ImportRuns(runs);
        }
    }
}
