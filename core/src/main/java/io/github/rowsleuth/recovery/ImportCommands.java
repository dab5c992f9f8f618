package io.github.rowsleuth.recovery;

import io.github.rowsleuth.imports.CsvLayout;
import io.github.rowsleuth.imports.SourceFile;
import io.github.rowsleuth.imports.SourceMatch;
import io.github.rowsleuth.imports.SourceMatch.By;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.SequenceState;
import io.github.rowsleuth.probe.TableColumn;
import io.github.rowsleuth.probe.TableColumn.Filling;
import io.github.rowsleuth.probe.TableScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The commands that bring one file back, for {@code psql}: into a table of its own first, then what is missing into the
 * damaged one.
 *
 * <p>{@code CREATE TABLE … AS … WITH NO DATA} takes types from the damaged table without planning or running a query over
 * it (src/backend/commands/createas.c, create_ctas_nodata), so that it prunes nothing.
 */
final class ImportCommands {

    static final String SCHEMA = "recovered";

    private static final int LONGEST_NAME = 50;

    private final SourceFile file;
    private final SourceMatch match;
    private final Optional<TableScope> scope;
    private final TableName staging;

    ImportCommands(SourceFile file, SourceMatch match, Optional<TableScope> scope, int number) {
        this.file = file;
        this.match = match;
        this.scope = scope;
        this.staging = TableName.of(SCHEMA, plain(match.table()) + (number == 1 ? "" : "_" + number));
    }

    private static String plain(TableName table) {
        String whole = (table.schema().map(s -> s + "_").orElse("") + table.name())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]", "_");
        return whole.substring(0, Math.min(LONGEST_NAME, whole.length()));
    }

    TableName staging() {
        return staging;
    }

    private boolean assigned() {
        return scope.isPresent() && match.by() != By.NOTHING;
    }

    /** Creates a table as the file has its fields. */
    String create() {
        Set<String> taken = new HashSet<>();
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < file.width(); i++) {
            Optional<String> column = match.columns().get(i);
            String name = free(
                    column.orElse(
                            i < file.headings().size() ? file.headings().get(i).strip() : ""),
                    i,
                    taken);
            fields.add(column.filter(c -> assigned()).map(c -> quoted(c)).orElse("NULL::text AS " + quoted(name)));
        }
        return assigned()
                ? "CREATE TABLE " + staging + " AS SELECT " + String.join(", ", fields) + " FROM "
                        + match.table().quoted() + " WITH NO DATA;"
                : "CREATE TABLE " + staging + " AS SELECT " + String.join(", ", fields) + " WITH NO DATA;";
    }

    private static String free(String heading, int position, Set<String> taken) {
        String name = heading.isEmpty() || taken.contains(heading) ? "field_" + (position + 1) : heading;
        taken.add(name);
        return name;
    }

    /** Loads the file; none if its name does not fit into a line. */
    Optional<String> copy() {
        if (!file.path().equals(file.shownPath())) {
            return Optional.empty();
        }
        String from = file.csv().map(this::source).orElseGet(() -> literal(sheetAsText()));
        return Optional.of("\\copy " + staging + " FROM " + from + " WITH ("
                + file.csv().map(ImportCommands::options).orElse("FORMAT csv, HEADER, ENCODING 'UTF8'") + ")");
    }

    /** The name under which a sheet is to be saved, as LibreOffice forms it, in the folder from which psql is started. */
    String sheetAsText() {
        String stem = file.name().substring(0, Math.max(0, file.name().lastIndexOf('.')));
        return (stem + "-" + file.sheet().orElse("")).replaceAll("[^\\p{L}\\p{N}_. -]", "_") + ".csv";
    }

    SourceFile file() {
        return file;
    }

    private String source(CsvLayout csv) {
        boolean stored = file.repository().isPresent() && file.commit().isPresent();
        if (!stored && !csv.packed() && !csv.utf16()) {
            return literal(file.path());
        }
        String program = stored
                ? "git -C " + ShellWord.of(file.repository().get()) + " show "
                        + ShellWord.of(file.commit().get().id() + ":" + file.path())
                        + (csv.packed() ? " | gzip -dc" : "")
                : csv.packed() ? "gzip -dc " + ShellWord.of(file.path()) : "cat " + ShellWord.of(file.path());
        return "PROGRAM " + literal(csv.utf16() ? program + " | iconv -f UTF-16 -t UTF-8" : program);
    }

    private static String options(CsvLayout csv) {
        return "FORMAT csv" + (csv.header() ? ", HEADER" : "")
                + (csv.delimiter() == ','
                        ? ""
                        : csv.delimiter() == '\t' ? ", DELIMITER E'\\t'" : ", DELIMITER '" + csv.delimiter() + "'")
                + (csv.quote() == '"' ? "" : ", QUOTE ''''")
                + ", ENCODING '" + (csv.utf16() ? "UTF8" : csv.encoding()) + "'";
    }

    /** Brings into the damaged table what is not there; none where fields were not assigned to columns. */
    List<String> insert() {
        List<String> columns = match.columns().stream()
                .flatMap(Optional::stream)
                .map(ImportCommands::quoted)
                .toList();
        if (!assigned() || columns.isEmpty()) {
            return List.of();
        }
        String list = String.join(", ", columns);
        List<String> commands = new ArrayList<>();
        commands.add("INSERT INTO " + match.table().quoted() + " (" + list + ")"
                + (identity() ? " OVERRIDING SYSTEM VALUE" : "") + " SELECT " + list + " FROM " + staging
                + " ON CONFLICT DO NOTHING;");
        sequences()
                .forEach(s -> commands.add("SELECT pg_catalog.setval("
                        + literal(s.name().quoted())
                        + "::pg_catalog.regclass, greatest(pg_catalog.nextval("
                        + literal(s.name().quoted())
                        + "::pg_catalog.regclass), (SELECT max(" + quoted(s.column()) + ") FROM " + staging + ")));"));
        return commands;
    }

    private boolean identity() {
        Map<String, TableColumn> columns = scope.map(TableScope::columns).orElse(List.of()).stream()
                .collect(Collectors.toMap(TableColumn::name, Function.identity()));
        return match.columns().stream()
                .flatMap(Optional::stream)
                .anyMatch(c -> columns.containsKey(c) && columns.get(c).filling() == Filling.IDENTITY);
    }

    /** A sequence that counts on behind the rows that come back would give out their keys again. */
    private List<SequenceState> sequences() {
        return scope.map(TableScope::sequences).orElse(List.of()).stream()
                .filter(s -> match.columns().contains(Optional.of(s.column())) && s.increment() > 0)
                .toList();
    }

    private static String quoted(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }

    /** For a statement, and for an argument of {@code \copy}, which knows no other escape than the doubled quote. */
    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
