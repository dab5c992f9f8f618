package io.github.rowsleuth.imports;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Scope;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipException;

/**
 * Finds the files, among those it is shown, from which the tables of an incident could be filled again, and counts their
 * records. A probe over a store of its own (a bucket, an archive) offers it what lies there:
 *
 * <pre>{@code
 * SourceReader reader = new SourceReader(examination);
 * for (SourceContent content : contents) {
 *     if (SourceReader.concerns(content.path())) {
 *         reader.offer(content);
 *     }
 * }
 * return reader.finish("the bucket imports");
 * }</pre>
 *
 * <p>The columns of the tables come from answers of type {@link Scope}: a probe that uses this builds on that type. Reads
 * text with separated values, packed by gzip or not, and workbooks of Excel ({@code .xlsx}, {@code .xlsm}). Of a file it
 * keeps headings and counts, and shows a first record only where it surely holds headings. Memory does not grow with the
 * files; reading ends in time for an answer before the deadline. For one thread.
 */
public final class SourceReader {

    private static final int MOST_KEPT = 500;
    private static final int MOST_PEEKS = 20_000;
    private static final double SHARE = 0.8;

    private static final Comparator<Draft> BY_PATH = Comparator.comparing(
                    (Draft d) -> d.file().path())
            .thenComparing(d -> d.file().sheet().orElse(""))
            .thenComparing(d -> d.file().commit().map(CommitRef::id).orElse(""));

    private static final Comparator<Draft> NEAREST = Comparator.comparing((Draft d) -> !d.ofIncident())
            .thenComparing(d -> !d.named())
            .thenComparing(BY_PATH);

    private final Examination examination;
    private final TableMatches tables;
    private final Budget budget;
    private final TreeSet<Draft> drafts = new TreeSet<>(NEAREST);
    private final List<String> unread = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private int offered;
    private int peeks;
    private int passedOver;

    /** A file that may be one of those, whose records are not counted yet. */
    private record Draft(SourceFile file, SourceContent content, boolean ofIncident, boolean named) {
        Draft counted(Budget budget) throws IOException {
            SourceFile whole = file.csv().isPresent() ? SourceText.counted(file, content, budget) : file;
            return new Draft(whole, content, ofIncident, named);
        }
    }

    /**
     * Makes one.
     *
     * @param examination the incident, and where evidence, gaps and coverage go
     */
    public SourceReader(Examination examination) {
        this.examination = examination;
        this.tables = new TableMatches(examination.incident(), examination.answers(Scope.class));
        this.budget = Budget.of(examination, SHARE);
    }

    /**
     * {@return whether a file of that name can be a source of tables, as far as its ending tells}
     *
     * @param path the name, with folders or without
     */
    public static boolean concerns(String path) {
        return SourceKind.of(path) != SourceKind.OTHER;
    }

    /**
     * Looks into a file.
     *
     * @param content the file
     * @throws InterruptedException if the thread is stopped
     */
    public void offer(SourceContent content) throws InterruptedException {
        offered++;
        SourceKind kind = SourceKind.of(content.path());
        List<String> names = SourceKind.names(content.path());
        boolean named = tables.named(names);
        if (kind == SourceKind.UNREAD || kind == SourceKind.OTHER) {
            if (named && kind == SourceKind.UNREAD) {
                unread.add(content.path());
            }
            return;
        }
        // The name of a sheet may speak of a table where that of the workbook does not.
        boolean worth = named || (kind != SourceKind.PERHAPS_TEXT && tables.knowColumns());
        if (!worth || (!named && ++peeks > MOST_PEEKS)) {
            passedOver += worth ? 1 : 0;
            return;
        }
        attempt(content, () -> {
            if (budget.spent()) {
                passedOver++;
            } else if (kind == SourceKind.WORKBOOK) {
                workbook(content, names);
            } else {
                text(content, names, kind);
            }
        });
    }

    private interface Reading {
        void run() throws IOException;
    }

    private void attempt(SourceContent content, Reading reading) throws InterruptedException {
        try {
            reading.run();
        } catch (InterruptedIOException e) {
            throw new InterruptedException("interrupted");
        } catch (EOFException | ZipException e) {
            damaged.add(Shown.path(content.path()) + " (it is compressed, and damaged or cut off)");
        } catch (IOException e) {
            damaged.add(Shown.path(content.path()) + " (it could not be read)");
        }
    }

    private void text(SourceContent content, List<String> names, SourceKind kind) throws IOException {
        byte[] head;
        boolean packed = SourceKind.packed(content.path());
        try (InputStream in = SourceText.open(content, packed, false)) {
            head = in.readNBytes(DelimitedHead.LENGTH);
        }
        if (SourceText.pointer(head)) {
            damaged.add(Shown.path(content.path()) + " (it is only a pointer to where git-lfs keeps it)");
            return;
        }
        DelimitedHead.of(head)
                .filter(d -> kind == SourceKind.TEXT || d.first().size() > 1)
                .ifPresent(d ->
                        keep(SourceText.draft(content, d, packed, tables, names).build(), content));
    }

    /** Where one sheet bears the headings, the name of the file does not speak of the others. */
    private void workbook(SourceContent content, List<String> names) throws IOException {
        List<SourceFile> sheets = new ArrayList<>();
        for (Workbook.Sheet sheet : Workbook.read(content, Workbook.MOST_UNPACKED, budget)) {
            SheetDraft.of(content, sheet, names, tables).ifPresent(file -> sheets.add(file.build()));
        }
        if (sheets.isEmpty()) {
            damaged.add(Shown.path(content.path()) + " (no sheet with a row was found in it)");
        }
        boolean told = sheets.stream().anyMatch(SourceReader::byHeadings);
        sheets.stream().filter(s -> !told || byHeadings(s)).forEach(s -> keep(s, content));
    }

    private static boolean byHeadings(SourceFile file) {
        return file.matches().stream().anyMatch(m -> m.by() == SourceMatch.By.HEADINGS);
    }

    private void keep(SourceFile file, SourceContent content) {
        if (file.matches().isEmpty()) {
            return;
        }
        Incident incident = examination.incident();
        boolean ofIncident = file.matches().stream().map(SourceMatch::table).anyMatch(t -> named(incident, t));
        boolean byName = file.matches().stream().anyMatch(SourceMatch::byName);
        drafts.add(new Draft(file, content, ofIncident, byName));
        if (drafts.size() > MOST_KEPT) {
            drafts.pollLast();
            passedOver++;
        }
    }

    private static boolean named(Incident incident, TableName table) {
        return incident.names(table) || incident.tables().contains(table);
    }

    /**
     * Counts the records of those that were kept, and reports them, with what could not be read.
     *
     * @param where what was searched, as the coverage names it
     * @return the files
     * @throws InterruptedException if the thread is stopped
     */
    public TableSources finish(String where) throws InterruptedException {
        List<Draft> counted = new ArrayList<>();
        for (Draft draft : drafts) {
            attempt(draft.content(), () -> counted.add(draft.counted(budget)));
        }
        List<SourceFile> files = counted.stream()
                .filter(d -> d.file().rows() > 0 || !d.file().whole())
                .sorted(BY_PATH)
                .map(this::recorded)
                .toList();
        report(where, files);
        return new TableSources(files);
    }

    private SourceFile recorded(Draft draft) {
        SourceFile file = draft.file();
        EvidenceId id = examination.record(
                FoundSource.of(file), file.written(), draft.content().provenance());
        return SourceFile.builder().from(file).addEvidence(id).build();
    }

    private void report(String where, List<SourceFile> files) {
        List<String> cut =
                files.stream().filter(f -> !f.whole()).map(SourceFile::path).toList();
        if (!tables.knowColumns()) {
            examination.gap(
                    "no probe told the columns of the tables",
                    "files are told by their names only, and whether they fit is not known",
                    "add Postgres.at(…) to the investigation");
        }
        if (!unread.isEmpty()) {
            examination.gap(
                    unread.size() + " files are named like the tables, but of a kind that is not read: "
                            + Shown.list(unread),
                    "what they could bring back is unknown",
                    "save them as .xlsx or .csv, and look again");
        }
        if (!damaged.isEmpty()) {
            examination.gap(
                    damaged.size() + " files could not be read: " + Shown.list(damaged),
                    "what they could bring back is unknown",
                    "check the rights on them, and look into them by hand");
        }
        if (!cut.isEmpty() || passedOver > 0) {
            examination.gap(
                    cut.size() + " files were not read to their end, and " + passedOver + " not looked into",
                    "they may hold more rows than were counted",
                    "allow more time with probeDeadline(…), or name a smaller folder");
        }
        String read = files.size() + " files that may hold rows of the tables, among " + offered + " in " + where;
        boolean all = unread.isEmpty() && damaged.isEmpty() && cut.isEmpty() && passedOver == 0;
        examination.coverage(all ? Coverage.complete(read) : Coverage.partial(read));
    }
}
