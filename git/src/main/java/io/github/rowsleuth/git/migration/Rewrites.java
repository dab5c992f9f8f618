package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.Guard;
import io.github.rowsleuth.probe.Severity;
import io.github.rowsleuth.sql.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells rewrites that lose nothing from those that may, and columns that were copied before they were dropped. */
final class Rewrites {

    /** Types that hold whatever the usual types before them held. */
    private static final Pattern WIDE = Pattern.compile(
            "(?is).*\\btype\\s+(?:text|bigint|int8|numeric|decimal|double\\s+precision|jsonb?|timestamptz|timestamp\\s+with\\s+time\\s+zone|character\\s+varying|varchar)\\s*(?:;|,|$|collate.*)");

    private static final Pattern COLUMN = Pattern.compile(
            "(?is)\\bdrop\\s+(?:column\\s+)?(?:if\\s+exists\\s+)?\"?(\\w+)\"?|(?:drop|remove)_?[cC]olumn\\(.*?,\\s*[:'\"](\\w+)");

    private Rewrites() {}

    static CodeStatement harmless(CodeStatement statement) {
        return new CodeStatement(
                statement.statement(),
                statement.line(),
                statement.reach(),
                statement.text(),
                statement.place(),
                statement.guards(),
                Severity.LOW);
    }

    /** The statements, weighed with what of the text stands before them. */
    static List<CodeStatement> weighed(List<CodeStatement> statements, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<CodeStatement> weighed = new ArrayList<>();
        String before = "";
        int same = 0;
        for (CodeStatement statement : statements) {
            String shown = statement.line() + statement.text().text();
            same = shown.equals(before) ? same + 1 : 0;
            before = shown;
            boolean wide = statement.statement().kind() == StatementKind.ALTER_TYPE
                    && !statement.text().text().toLowerCase(Locale.ROOT).contains("using")
                    && WIDE.matcher(statement.text().text()).matches();
            weighed.add(wide ? harmless(statement) : copied(statement, same, lower));
        }
        return weighed;
    }

    /** Of the columns that one statement drops, the one in that place. */
    private static CodeStatement copied(CodeStatement statement, int place, String lower) {
        Matcher column = COLUMN.matcher(statement.text().text());
        boolean there = statement.statement().kind() == StatementKind.DROP_COLUMN;
        for (int i = 0; there && i <= place; i++) {
            there = column.find();
        }
        if (!there) {
            return statement;
        }
        String name =
                Pattern.quote((column.group(1) != null ? column.group(1) : column.group(2)).toLowerCase(Locale.ROOT));
        Matcher copy = Pattern.compile("(?:update\\s[^;]{1,200}\\bset\\b[^;]{1,200}=[^;]{0,100}\\b" + name
                        + "\\b|insert\\s+into[^;]{1,300}\\bselect\\b[^;]{0,300}\\b" + name + "\\b)")
                .matcher(lower);
        if (!copy.find() || lineOf(lower, copy.start()) > statement.line()) {
            return statement;
        }
        List<Guard> guards = new ArrayList<>(statement.guards());
        guards.add(new Guard(Guard.Kind.BACKUP, lineOf(lower, copy.start())));
        return new CodeStatement(
                statement.statement(),
                statement.line(),
                statement.reach(),
                statement.text(),
                statement.place(),
                guards,
                statement.severity().lowered());
    }

    private static int lineOf(String text, int offset) {
        return (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    }
}
