package io.github.rowsleuth.postgres;

import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import io.github.rowsleuth.sql.SqlText;
import io.github.rowsleuth.sql.StatementKind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the source of a routine, in whatever language. */
final class RoutineSource {

    private static final Set<String> SQL = Set.of("sql", "plpgsql");

    // Comments, so that what they quote does not count, then strings: with three quotes, or with one, or in braces
    // (Tcl).
    private static final Pattern FOREIGN = Pattern.compile("(?://|#)[^\\n]*+|/\\*(?:[^*]|\\*(?!/))*+\\*/"
            + "|\"\"\"((?:[^\"]|\"(?!\"\"))*+)\"\"\"|\"((?:[^\"\\\\]|\\\\.)*+)\"|'((?:[^'\\\\]|\\\\.)*+)'|`([^`]*+)`"
            + "|\\{([^{}]*+)\\}");

    private static final String NAME = "(?:[\\p{L}_][\\p{L}\\p{N}_$]*+|\"(?:[^\"]|\"\")++\")";
    private static final Pattern CALL = Pattern.compile("(?:(" + NAME + ")\\s?\\.\\s?)?(" + NAME + ")\\s?\\(");

    private RoutineSource() {}

    /** {@return whether the language is one whose text the recogniser reads as it stands} */
    static boolean isSql(String language) {
        return SQL.contains(language);
    }

    /** {@return what is destructive in the source, all of which runs later} */
    static List<DestructiveStatement> destructive(String language, String source) {
        List<DestructiveStatement> found = isSql(language)
                ? DestructiveStatements.in(source)
                : FOREIGN.matcher(source)
                        .results()
                        .flatMap(literal -> DestructiveStatements.in(content(literal)).stream())
                        .toList();
        return found.stream().map(RoutineSource::deferred).toList();
    }

    private static String content(MatchResult literal) {
        for (int group = 1; group <= literal.groupCount(); group++) {
            if (literal.group(group) != null) {
                return literal.group(group);
            }
        }
        return "";
    }

    private static DestructiveStatement deferred(DestructiveStatement s) {
        return new DestructiveStatement(s.kind(), s.objects(), s.cascade(), s.where(), true, s.offset(), s.line());
    }

    /** {@return whether rows are gone when it has run} */
    static boolean removes(DestructiveStatement s) {
        return s.kind().removesRows() || s.kind().dropsTables() || s.kind() == StatementKind.DROP_COLUMN;
    }

    /** {@return the names of what a text may call, as the catalogs hold them; with their schema where it stands there} */
    static Set<String> calls(String sql) {
        Set<String> names = new HashSet<>();
        for (Matcher call = CALL.matcher(SqlText.redact(sql)); call.find(); ) {
            String schema = call.group(1);
            names.add((schema == null ? "" : held(schema) + ".") + held(call.group(2)));
        }
        return names;
    }

    private static String held(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }
}
