package io.github.rowsleuth.recovery;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.imports.ImportRun;
import io.github.rowsleuth.imports.ImportRuns;
import io.github.rowsleuth.imports.SourceFile;
import io.github.rowsleuth.imports.TableSources;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.ForeignKey;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableColumn;
import io.github.rowsleuth.probe.TableColumn.Filling;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.recovery.RecoveryOption.Feasibility;
import io.github.rowsleuth.recovery.RecoveryOption.Return;
import io.github.rowsleuth.recovery.RecoveryOption.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files from which the tables were once filled, imported again. */
final class FromSourceFiles {

    private static final int MOST_FILES = 20;
    private static final int MOST_REASONS = 6;

    private final CaseFile file;
    private final Loss loss;
    private final Optional<Scope> scope;

    FromSourceFiles(CaseFile file, Loss loss) {
        this.file = file;
        this.loss = loss;
        this.scope = file.answer(Scope.class);
    }

    List<RecoveryOption> options() {
        SourceChoice.Known known = new SourceChoice.Known(
                file.answers(TableSources.class).stream()
                        .flatMap(s -> s.files().stream())
                        .toList(),
                file.answers(ImportRuns.class).stream()
                        .flatMap(r -> r.runs().stream())
                        .toList(),
                loss.moment().earliest());
        List<SourceChoice> choices = parentsFirst(loss.tables().stream()
                .flatMap(fate -> SourceChoice.of(fate, loss.rowsLost(fate), known).stream())
                .toList());
        List<RecoveryOption> options = new ArrayList<>();
        if (!choices.isEmpty()) {
            options.add(option(choices));
        }
        wanted(known, choices).ifPresent(options::add);
        return options;
    }

    /** Files that an application imported into a table hit, and that were not among those that were found. */
    private Optional<RecoveryOption> wanted(SourceChoice.Known known, List<SourceChoice> choices) {
        List<ImportRun> runs = known.runs().stream()
                .filter(r -> !r.failed() && r.file().isPresent())
                .filter(r -> known.files().stream().noneMatch(f -> r.ofFile(f.name())))
                .filter(r -> loss.tables().stream()
                        .map(TableFate::table)
                        .filter(t -> choices.stream().noneMatch(c -> c.table().equals(t)))
                        .anyMatch(r::names))
                .toList();
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        List<String> files =
                runs.stream().flatMap(r -> r.file().stream()).distinct().toList();
        return Optional.of(RecoveryOption.builder()
                .way(Way.SOURCE_FILES)
                .source(files.get(0))
                .feasibility(Feasibility.UNKNOWN)
                .reason("an application logged " + runs.size()
                        + " imports into tables hit, of files that were not found: "
                        + files.stream().limit(MOST_REASONS).collect(Collectors.joining(", "))
                        + (files.size() > MOST_REASONS ? " and " + (files.size() - MOST_REASONS) + " more" : ""))
                .addSteps(
                        "look for these files where uploads, attachments and exports are kept, and at whoever sent them;"
                                + " then name their folder: SourceFiles.in(…)")
                .evidence(runs.stream().flatMap(r -> r.evidence().stream()).toList())
                .build());
    }

    /** A table comes after those it references, as far as they do not reference each other in a ring. */
    private List<SourceChoice> parentsFirst(List<SourceChoice> choices) {
        Map<TableName, Set<TableName>> parents = new HashMap<>();
        choices.forEach(c -> parents.put(c.table(), new HashSet<>()));
        for (ForeignKey key : scope.map(s -> s.foreignKeys().all()).orElse(List.of())) {
            if (!key.parent().equals(key.child()) && parents.containsKey(key.parent())) {
                Optional.ofNullable(parents.get(key.child())).ifPresent(p -> p.add(key.parent()));
            }
        }
        List<SourceChoice> open = new ArrayList<>(choices);
        List<SourceChoice> ordered = new ArrayList<>();
        Set<TableName> done = new HashSet<>();
        while (!open.isEmpty()) {
            SourceChoice next = open.stream()
                    .filter(c -> done.containsAll(parents.getOrDefault(c.table(), Set.of())))
                    .findFirst()
                    .orElse(open.get(0));
            open.remove(next);
            done.add(next.table());
            ordered.add(next);
        }
        return ordered;
    }

    private RecoveryOption option(List<SourceChoice> choices) {
        List<SourceFile> files =
                choices.stream().flatMap(c -> c.files().stream()).distinct().toList();
        List<ImportCommands> commands = commands(choices);
        return RecoveryOption.builder()
                .way(Way.SOURCE_FILES)
                .source(source(files.get(0)))
                .feasibility(feasibility(choices))
                .reason(reason(choices))
                .returns(choices.stream()
                        .map(c -> new Return(c.table(), Optional.of(c.rows())))
                        .toList())
                .upTo(span(files))
                .steps(steps(commands))
                .commands(Stream.concat(
                                Stream.concat(
                                        Stream.of("CREATE SCHEMA IF NOT EXISTS " + ImportCommands.SCHEMA + ";"),
                                        commands.stream()
                                                .flatMap(c -> Stream.concat(Stream.of(c.create()), c.copy().stream()))),
                                commands.stream().flatMap(c -> c.insert().stream()))
                        .toList())
                .risks(risks(choices))
                .evidence(evidence(choices))
                .build();
    }

    private static String source(SourceFile file) {
        return file.repository().map(r -> r + " ").orElse("")
                + file.commit().map(c -> c.shortId() + ":").orElse("")
                + file.shownPath();
    }

    private Feasibility feasibility(List<SourceChoice> choices) {
        boolean every = choices.size() == loss.tables().size();
        if (every && choices.stream().allMatch(c -> c.feasibility() == Feasibility.SHOWN)) {
            return Feasibility.SHOWN;
        }
        return choices.stream().anyMatch(c -> c.feasibility() != Feasibility.UNKNOWN)
                ? Feasibility.PARTLY_SHOWN
                : Feasibility.UNKNOWN;
    }

    private String reason(List<SourceChoice> choices) {
        int more = choices.size() - MOST_REASONS;
        return "files were found for " + choices.size() + " of the "
                + loss.tables().size() + " tables hit; "
                + choices.stream().limit(MOST_REASONS).map(SourceChoice::reason).collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    private static Moment span(List<SourceFile> files) {
        Optional<Instant> earliest =
                files.stream().flatMap(f -> f.written().earliest().stream()).min(Comparator.naturalOrder());
        Optional<Instant> latest =
                files.stream().flatMap(f -> f.written().latest().stream()).max(Comparator.naturalOrder());
        return new Moment(earliest, latest);
    }

    private List<ImportCommands> commands(List<SourceChoice> choices) {
        List<ImportCommands> all = new ArrayList<>();
        for (SourceChoice choice : choices) {
            Optional<TableScope> table = scope.flatMap(s -> s.of(choice.table()))
                    .filter(t -> !t.columns().isEmpty());
            int number = 0;
            for (SourceFile source : choice.files()) {
                number++;
                if (number <= MOST_FILES) {
                    all.add(new ImportCommands(source, source.of(choice.table()).orElseThrow(), table, number));
                }
            }
        }
        return all;
    }

    private static List<String> steps(List<ImportCommands> commands) {
        List<String> steps = new ArrayList<>();
        steps.add("keep first what is proposed for now: rows that come in take the place of deleted rows on the pages");
        for (ImportCommands sheet :
                commands.stream().filter(c -> c.file().csv().isEmpty()).toList()) {
            steps.add("save the sheet " + sheet.file().sheet().orElse("") + " of " + source(sheet.file()) + " as "
                    + sheet.sheetAsText()
                    + ": commas, UTF-8, dates as year-month-day, numbers without grouping, its headings"
                    + " in the first line");
        }
        commands.stream()
                .filter(c -> c.copy().isEmpty())
                .forEach(c -> steps.add("give the file for " + c.staging()
                        + " a name without control characters, and load" + " it with \\copy"));
        steps.add("type the commands into psql: they load each file into a table of its own in the schema "
                + ImportCommands.SCHEMA + ", beside the damaged ones");
        steps.add("stop before the first INSERT and compare: "
                + commands.stream().map(c -> c.staging().toString()).collect(Collectors.joining(", "))
                + " must have the counts that are named here, and its values must be those you expect");
        steps.add(
                "then insert what is missing, parents before children; what has the key of a row that is there is left out");
        return steps;
    }

    private List<String> risks(List<SourceChoice> choices) {
        List<String> risks = new ArrayList<>();
        risks.add("what was inserted or changed since by other ways than these files is not in them, and what had been"
                + " deleted on purpose comes back");
        for (SourceChoice choice : choices) {
            Optional<TableScope> table = scope.flatMap(s -> s.of(choice.table()));
            List<TableColumn> missing = table.map(TableScope::columns).orElse(List.of()).stream()
                    .filter(c -> choice.missing().contains(c.name()))
                    .toList();
            generated(choice.table(), missing).ifPresent(risks::add);
            refused(choice.table(), missing).ifPresent(risks::add);
        }
        risks.add(
                "a value that does not fit the type of its column stops \\copy at its line; triggers fire on the INSERT");
        return risks;
    }

    private static Optional<String> generated(TableName table, List<TableColumn> missing) {
        String names =
                names(missing.stream().filter(c -> c.filling() == Filling.DEFAULT || c.filling() == Filling.IDENTITY));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(table + " gives new values to " + names + ", which no file holds: what refers to the old"
                        + " ones does not find them, and rows that are still there may come in twice");
    }

    private static Optional<String> refused(TableName table, List<TableColumn> missing) {
        String names = names(missing.stream().filter(c -> c.mandatory() && c.filling() == Filling.NOTHING));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(table + " refuses rows without " + names + ", which no file holds: add it to the INSERT");
    }

    private static String names(Stream<TableColumn> columns) {
        return columns.map(TableColumn::name).collect(Collectors.joining(", "));
    }

    private static List<EvidenceId> evidence(List<SourceChoice> choices) {
        return choices.stream()
                .flatMap(c -> Stream.concat(
                        c.files().stream().flatMap(f -> f.evidence().stream()),
                        c.runs().stream().flatMap(r -> r.evidence().stream())))
                .distinct()
                .toList();
    }
}
