package io.github.rowsleuth.logs.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the {@code CONTEXT} of a record says of the code that ran: the statements within, the innermost first, and the
 * functions that ran them.
 *
 * @param statements the statements
 * @param function the innermost function, trigger or block, as far as it is named
 */
record Context(List<String> statements, Optional<String> function) {

    private static final Pattern STATEMENT =
            Pattern.compile("SQL statement \"(.*?)\"(?=\\n(?:SQL |PL/)|$)", Pattern.DOTALL);
    private static final Pattern FUNCTION = Pattern.compile(
            "^PL/(\\w+) function \"?(.+?)\"?(?: line (\\d+) .*)?$|^SQL function \"(.+)\" .*$", Pattern.MULTILINE);
    private static final String BLOCK = "inline_code_block";
    private static final String FOREIGN_KEY = "\" WHERE $1 OPERATOR(pg_catalog.=) ";

    static Context of(String text) {
        if (text.isEmpty()) {
            return new Context(List.of(), Optional.empty());
        }
        List<String> statements = new ArrayList<>();
        Matcher statement = STATEMENT.matcher(text);
        while (statement.find()) {
            statements.add(statement.group(1));
        }
        Matcher function = FUNCTION.matcher(text);
        return new Context(statements, function.find() ? Optional.of(name(function)) : Optional.empty());
    }

    private static String name(Matcher function) {
        if (function.group(4) != null) {
            return "function " + function.group(4);
        }
        String line = function.group(3) == null ? "" : " line " + function.group(3);
        return (function.group(2).equals(BLOCK) ? "DO block" : "function " + function.group(2)) + line;
    }

    /** {@return whether the text is what a foreign key runs (src/backend/utils/adt/ri_triggers.c)} */
    static boolean isForeignKey(String sql) {
        return sql.startsWith("DELETE FROM ONLY ") && sql.contains(FOREIGN_KEY);
    }
}
