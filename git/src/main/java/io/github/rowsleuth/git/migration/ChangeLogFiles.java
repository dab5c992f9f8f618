package io.github.rowsleuth.git.migration;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of SQL that the change sets of a change log run: {@code <sqlFile path="…"/>} and its like. */
public final class ChangeLogFiles {

    private static final Pattern PATH =
            Pattern.compile("sqlFile[^>]{0,400}?\\bpath[\"']?\\s*[:=]\\s*[\"']?([^\"'\\s,>}]{1,300})", Pattern.DOTALL);

    private ChangeLogFiles() {}

    /**
     * {@return the paths that it names, without what says where they begin}
     *
     * @param tool the tool that the file belongs to; only Liquibase has change logs
     * @param text the change log
     */
    public static Set<String> of(String tool, String text) {
        Set<String> paths = new HashSet<>();
        if (tool.equals("liquibase") && text.contains("sqlFile")) {
            Matcher path = PATH.matcher(text);
            while (path.find()) {
                paths.add(path.group(1).replaceAll("^(?:classpath:|\\./|/)+", ""));
            }
        }
        return paths;
    }
}
