package io.github.rowsleuth.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a file is by its ending. */
enum SourceKind {
    /** Separated values. */
    TEXT,
    /** Separated values, if it looks like them. */
    PERHAPS_TEXT,
    /** An Excel workbook since 2007. */
    WORKBOOK,
    /** A source of tables of a kind that is not read here. */
    UNREAD,
    /** Anything else. */
    OTHER;

    private static final String PACKED = ".gz";
    private static final Set<String> TEXTS = Set.of("csv", "tsv", "tab", "psv");
    private static final Set<String> WORKBOOKS = Set.of("xlsx", "xlsm");
    private static final Set<String> UNREADABLE =
            Set.of("xls", "xlsb", "ods", "zip", "7z", "parquet", "mdb", "accdb", "dbf");

    static SourceKind of(String path) {
        String name = bare(path);
        String ending = ending(name);
        if (TEXTS.contains(ending)) {
            return TEXT;
        }
        if (ending.equals("txt")) {
            return PERHAPS_TEXT;
        }
        return WORKBOOKS.contains(ending) && !packed(path) ? WORKBOOK : UNREADABLE.contains(ending) ? UNREAD : OTHER;
    }

    static boolean packed(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(PACKED);
    }

    private static String bare(String path) {
        String name = last(path);
        return packed(name) ? name.substring(0, name.length() - PACKED.length()) : name;
    }

    private static String last(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** The name without its ending; where it is about nothing, such as a date, that of the folder too. */
    static List<String> names(String path) {
        String name = bare(path);
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        List<String> names = new ArrayList<>();
        names.add(stem);
        String folders = path.substring(0, path.length() - last(path).length());
        if (Words.subject(stem).isEmpty() && folders.length() > 1) {
            names.add(last(folders.substring(0, folders.length() - 1)));
        }
        return names;
    }
}
