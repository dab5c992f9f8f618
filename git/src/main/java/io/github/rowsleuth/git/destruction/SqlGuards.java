package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.probe.Guard;
import io.github.rowsleuth.probe.Guard.Kind;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.SqlObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what stands before a statement of a script of SQL. */
final class SqlGuards {

    private static final Pattern BOUNDARY =
            Pattern.compile("(?im)^[ \\t]*(begin|start\\s+transaction|commit|end|rollback(?!\\s+to))\\b[^;\\n]{0,60};");
    private static final Pattern PROMPT = Pattern.compile("(?m)^\\s*\\\\prompt\\b");
    private static final Pattern REFUSES = Pattern.compile(
            "(?is)\\bif\\b[^;]{0,200}(?:current_database\\(\\)|current_setting\\(|inet_server_addr\\(\\))[^;]{0,200}\\bthen\\b\\s*raise\\s+exception");
    private static final Pattern LIMITED = Pattern.compile("(?is)\\blimit\\s+(?:\\d+|[:$%{?])");
    private static final int LONGEST = 4_000;

    private static final Pattern COPIES = Pattern.compile(
            "create\\s+table\\s+[^;]{1,80}\\bas\\s|insert\\s+into|\\\\copy|select\\s[^;]{1,200}\\binto");
    private static final int MOST_BACKUPS = 100;

    private final String text;
    private final String lower;
    private final List<Boundary> boundaries = new ArrayList<>();
    private final boolean copies;
    private int looked;

    private record Boundary(int offset, String word) {}

    SqlGuards(String text) {
        this.text = text;
        this.lower = text.toLowerCase(Locale.ROOT);
        this.copies = COPIES.matcher(lower).find();
        Matcher boundary = BOUNDARY.matcher(text);
        while (boundary.find()) {
            boundaries.add(new Boundary(boundary.start(), boundary.group(1).toLowerCase(Locale.ROOT)));
        }
    }

    List<Guard> before(DestructiveStatement statement) {
        List<Guard> guards = new ArrayList<>();
        int at = statement.offset();
        transaction(at, guards);
        Matcher prompt = PROMPT.matcher(text);
        if (prompt.find() && prompt.start() < at) {
            guards.add(new Guard(Kind.CONFIRMATION, line(prompt.start())));
        }
        Matcher refuses = REFUSES.matcher(text);
        if (refuses.find() && refuses.start() < at) {
            guards.add(new Guard(Kind.ENVIRONMENT, line(refuses.start())));
        }
        backup(statement, guards);
        if (limited(text.substring(at, Math.min(text.length(), at + LONGEST)))) {
            guards.add(new Guard(Kind.LIMIT, statement.line()));
        }
        return guards;
    }

    /** Whether a single statement takes a bounded number of rows. */
    static boolean limited(String statement) {
        int end = statement.indexOf(';');
        String one = end < 0 ? statement : statement.substring(0, end);
        return one.regionMatches(true, 0, "delete", 0, 6)
                && LIMITED.matcher(one).find();
    }

    private void transaction(int at, List<Guard> guards) {
        int opened = -1;
        for (Boundary boundary : boundaries) {
            boolean opens = boundary.word.startsWith("begin") || boundary.word.startsWith("start");
            if (boundary.offset < at) {
                opened = opens ? boundary.offset : -1;
            } else if (opened >= 0 && !opens) {
                guards.add(new Guard(
                        boundary.word.equals("rollback") ? Kind.ROLLED_BACK : Kind.TRANSACTION, line(opened)));
                return;
            } else {
                return;
            }
        }
    }

    /** A copy that is made before: a table from a query, or an archive that the rows are inserted into. */
    private void backup(DestructiveStatement statement, List<Guard> guards) {
        if (!copies || looked++ > MOST_BACKUPS) {
            return;
        }
        String before = lower.substring(0, Math.min(lower.length(), statement.offset()));
        for (SqlObject object : statement.objects()) {
            String name = Pattern.quote(object.name().toLowerCase(Locale.ROOT));
            Matcher copy = Pattern.compile(
                            "(?:create\\s+table\\s+[^;]{1,80}\\bas\\s+(?:table|select)|insert\\s+into\\s+[^;]{1,200}\\bselect|\\\\copy|select\\s[^;]{1,200}\\binto)\\b[^;]{0,200}?\\b"
                                    + name + "\\b")
                    .matcher(before);
            if (!object.dynamic() && copy.find()) {
                guards.add(new Guard(Kind.BACKUP, line(copy.start())));
                return;
            }
        }
    }

    private int line(int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return line;
    }
}
