package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.git.destruction.Examiner;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.CodeStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads migrations of plain SQL: a file for one direction, or both with marks between them. */
final class SqlReader {

    private static final Pattern MARK = Pattern.compile(
            "(?im)^[ \\t]*--[ \\t]*(?:\\+goose[ \\t]+|migrate:[ \\t]*|\\+migrate[ \\t]+|@)(up|down|undo)\\b.*$");

    private SqlReader() {}

    static List<CodeStatement> statements(String text) {
        return Rewrites.weighed(Examiner.statements(text, 1), text);
    }

    /** A file with marks such as {@code -- +goose Down}: what stands before the first one belongs to neither direction. */
    static FoundMigration marked(String tool, String revision, StoredFile file, String text) {
        List<CodeStatement> up = new ArrayList<>();
        List<CodeStatement> down = new ArrayList<>();
        Matcher mark = MARK.matcher(text);
        int from = text.length();
        boolean backwards = false;
        while (mark.find()) {
            part(text, from, mark.start(), backwards ? down : up);
            backwards = !mark.group(1).equalsIgnoreCase("up");
            from = mark.end();
        }
        part(text, from, text.length(), backwards ? down : up);
        return FoundMigration.of(tool, revision, file, up, down);
    }

    private static void part(String text, int from, int to, List<CodeStatement> into) {
        if (from < to) {
            int line =
                    (int) text.substring(0, from).chars().filter(c -> c == '\n').count() + 1;
            String part = text.substring(from, to);
            into.addAll(Rewrites.weighed(Examiner.statements(part, line), text));
        }
    }
}
