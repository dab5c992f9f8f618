package io.github.rowsleuth.recovery;

import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.imports.ImportRun;
import io.github.rowsleuth.imports.SourceFile;
import io.github.rowsleuth.imports.SourceMatch;
import io.github.rowsleuth.imports.SourceMatch.By;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.recovery.RecoveryOption.Feasibility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that are to fill one table again.
 *
 * @param table the table
 * @param lost how many rows it lost, where known
 * @param files the files, the one that was written first before the others
 * @param runs the logged imports of these files
 * @param others how many more files may be of this table
 * @param lossEarliest the earliest instant of the loss
 */
record SourceChoice(
        TableName table,
        Optional<Long> lost,
        List<SourceFile> files,
        List<ImportRun> runs,
        int others,
        Optional<Instant> lossEarliest) {

    private static final Comparator<SourceFile> OLDEST = Comparator.comparing(SourceFile::written)
            .thenComparing(SourceFile::path)
            .thenComparing(f -> f.sheet().orElse(""));

    /** What is known of files and imports, and when the rows were lost. */
    record Known(List<SourceFile> files, List<ImportRun> runs, Optional<Instant> lossEarliest) {}

    /** Those that an application imported; else the one, or all of them, that hold as many rows as were lost; else all. */
    static Optional<SourceChoice> of(TableFate fate, Optional<Long> lost, Known known) {
        TableName table = fate.table();
        List<SourceFile> fitting = known.files().stream()
                .filter(f -> f.of(table).isPresent())
                .sorted(OLDEST)
                .toList();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        List<ImportRun> runs = known.runs().stream()
                .filter(r -> !r.failed() && fitting.stream().anyMatch(f -> imported(r, f, table)))
                .toList();
        List<SourceFile> chosen = chosen(table, lost, fitting, runs);
        return Optional.of(new SourceChoice(
                table,
                lost,
                chosen,
                runs.stream()
                        .filter(r -> chosen.stream().anyMatch(f -> imported(r, f, table)))
                        .toList(),
                fitting.size() - chosen.size(),
                known.lossEarliest()));
    }

    private static List<SourceFile> chosen(
            TableName table, Optional<Long> lost, List<SourceFile> fitting, List<ImportRun> runs) {
        List<SourceFile> logged = distinct(fitting.stream()
                .filter(f -> runs.stream().anyMatch(r -> imported(r, f, table)))
                .toList());
        if (!logged.isEmpty()) {
            return logged;
        }
        List<SourceFile> assigned = distinct(fitting.stream()
                .filter(f -> f.of(table).filter(m -> m.by() != By.NOTHING).isPresent())
                .toList());
        List<SourceFile> best = assigned.isEmpty() ? fitting : assigned;
        if (lost.isEmpty() || rows(best) == lost.get()) {
            return best;
        }
        return best.stream()
                .filter(f -> f.rows() == lost.get())
                .findFirst()
                .or(() -> best.stream()
                        .filter(f -> f.rows() > lost.get())
                        .min(Comparator.comparingLong(SourceFile::rows)))
                .map(List::of)
                .orElse(best);
    }

    /** Of files of one name and as many rows, such as a packed copy or another commit, the one that was written last. */
    private static List<SourceFile> distinct(List<SourceFile> files) {
        List<SourceFile> kept = new ArrayList<>();
        for (SourceFile file : files) {
            kept.removeIf(k -> stem(k).equals(stem(file))
                    && k.rows() == file.rows()
                    && k.sheet().equals(file.sheet()));
            kept.add(file);
        }
        return kept;
    }

    private static String stem(SourceFile file) {
        int dot = file.name().indexOf('.');
        return dot < 0 ? file.name() : file.name().substring(0, dot);
    }

    /** A run that names another table was not of this one. */
    private static boolean imported(ImportRun run, SourceFile file, TableName table) {
        return run.ofFile(file.name()) && (run.table().isEmpty() || run.names(table));
    }

    private static long rows(List<SourceFile> files) {
        return files.stream().mapToLong(SourceFile::rows).sum();
    }

    long rows() {
        return rows(files);
    }

    /** What ties each file to the table. */
    Stream<SourceMatch> matches() {
        return files.stream().flatMap(f -> f.of(table).stream());
    }

    private boolean by(By way) {
        return matches().allMatch(m -> m.by() == way);
    }

    private boolean complete() {
        return lost.filter(n -> rows() >= n).isPresent();
    }

    private boolean sound() {
        return files.stream().allMatch(f -> f.whole() && f.damage().isEmpty() && f.irregular() == 0);
    }

    private boolean before() {
        return files.stream()
                .allMatch(f -> f.written()
                        .latest()
                        .filter(w -> lossEarliest.filter(l -> !w.isAfter(l)).isPresent())
                        .isPresent());
    }

    Feasibility feasibility() {
        boolean tied = by(By.HEADINGS) || (matches().noneMatch(m -> m.by() == By.NOTHING) && !runs.isEmpty());
        if (!tied || !before()) {
            return Feasibility.UNKNOWN;
        }
        boolean allColumns = matches().allMatch(m -> m.missing().isEmpty());
        return allColumns && complete() && sound() ? Feasibility.SHOWN : Feasibility.PARTLY_SHOWN;
    }

    List<String> missing() {
        return matches().flatMap(m -> m.missing().stream()).distinct().toList();
    }

    /** What shows it, as a part of a sentence. */
    String reason() {
        return table + ": " + (files.size() == 1 ? files.get(0).name() + " holds " : files.size() + " files hold ")
                + rows() + " rows" + comparison() + columns() + age() + logged()
                + (sound() ? "" : ", but not all of their records can be read as they are")
                + (others == 0 ? "" : "; " + others + " more may be of it");
    }

    private String comparison() {
        return lost.map(n -> n == rows() ? ", as many as were lost" : " of " + n + " that were lost")
                .map(text -> lost.get() < rows() ? ", more than the " + lost.get() + " that were lost" : text)
                .orElse("; how many were lost is not known");
    }

    private String columns() {
        if (by(By.HEADINGS)) {
            return missing().isEmpty()
                    ? ", in all its columns"
                    : ", in its columns but " + String.join(", ", missing());
        }
        return matches().anyMatch(m -> m.by() == By.NOTHING)
                ? ", by name only: their fields could not be held against its columns"
                : ", without headings, but in as many fields as it has columns";
    }

    private String age() {
        if (lossEarliest.isEmpty()) {
            return "; when the rows were lost is not known well enough to say that they were written before";
        }
        return before()
                ? ", written before the loss"
                : ", written or changed after the rows were last seen: look whether they are still what was imported";
    }

    private String logged() {
        if (runs.isEmpty()) {
            return "";
        }
        ImportRun last = runs.get(runs.size() - 1);
        String when = last.moment().earliest().map(t -> " at " + t).orElse("");
        return ", imported" + when + last.rows().map(n -> " (" + n + " rows)").orElse("") + " as an application logged"
                + (runs.size() > 1 ? ", the last of " + runs.size() + " runs" : "");
    }
}
