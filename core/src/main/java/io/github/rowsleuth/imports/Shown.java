package io.github.rowsleuth.imports;

import java.util.List;
import java.util.regex.Pattern;

/** Names of files as a report may show them: whoever named them may have meant to draw on a terminal. */
final class Shown {

    private static final int MOST = 8;
    private static final Pattern DRAWING = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");

    private Shown() {}

    static String path(String path) {
        return DRAWING.matcher(path).replaceAll("\uFFFD");
    }

    /** The first of many. */
    static String list(List<String> names) {
        int more = names.size() - MOST;
        return String.join(", ", names.stream().limit(MOST).map(Shown::path).toList())
                + (more > 0 ? " and " + more + " more" : "");
    }
}
