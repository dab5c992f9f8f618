package io.github.rowsleuth.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds a sheet against the tables: its headings may stand below a title. */
final class SheetDraft {

    private SheetDraft() {}

    static Optional<SourceFile.Builder> of(
            SourceContent content, Workbook.Sheet sheet, List<String> fileNames, TableMatches tables) {
        if (sheet.firstRows().isEmpty()) {
            return Optional.empty();
        }
        int at = headingsAt(sheet, tables);
        List<String> first = trimmed(sheet.firstRows().get(Math.max(at, 0)));
        if (first.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(fileNames);
        names.add(0, sheet.name());
        return Optional.of(SourceFile.builder()
                .path(content.path())
                .repository(content.repository())
                .commit(content.commit())
                .sheet(sheet.name())
                .width(first.size())
                .headings(at < 0 ? List.of() : first)
                .rows(sheet.rows() - at - 1)
                .whole(sheet.whole())
                .written(content.written())
                .matches(tables.of(names, first)));
    }

    /** -1 for none. */
    private static int headingsAt(Workbook.Sheet sheet, TableMatches tables) {
        for (int i = 0; i < sheet.firstRows().size(); i++) {
            List<String> row = trimmed(sheet.firstRows().get(i));
            if (!row.isEmpty() && tables.headings(row)) {
                return i;
            }
        }
        return -1;
    }

    /** Without the empty cells at the end, which only bear a format. */
    private static List<String> trimmed(List<String> row) {
        int end = row.size();
        while (end > 0 && row.get(end - 1).isBlank()) {
            end--;
        }
        return row.subList(0, end);
    }
}
