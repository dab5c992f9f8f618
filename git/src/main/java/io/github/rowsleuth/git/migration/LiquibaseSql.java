package io.github.rowsleuth.git.migration;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads change logs in formatted SQL, where comments mark the change sets and the way back. */
final class LiquibaseSql {

    private static final Pattern CHANGE_SET = Pattern.compile("(?i)^\\s*--\\s*changeset\\s+([^:\\s]+):(\\S+).*");
    private static final Pattern ROLLBACK = Pattern.compile("(?i)^\\s*--\\s*rollback\\s?(.*)");

    private LiquibaseSql() {}

    static ChangeLog read(String text) {
        ChangeLog log = new ChangeLog();
        StringBuilder sql = new StringBuilder();
        int first = 1;
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            Matcher set = CHANGE_SET.matcher(line);
            Matcher back = ROLLBACK.matcher(line);
            if (set.matches()) {
                add(log, sql, first);
                log.begin(set.group(2), set.group(1));
                first = number + 1;
            } else if (back.matches()) {
                ChangeSet.Change change = new ChangeSet.Change("rollback", Map.of(), back.group(1), number, number);
                log.current().ifPresent(c -> {
                    c.ownRollback = true;
                    c.rollback.add(change);
                });
                sql.append('\n');
            } else {
                sql.append(line).append('\n');
            }
        }
        add(log, sql, first);
        return log;
    }

    private static void add(ChangeLog log, StringBuilder sql, int first) {
        String text = sql.toString();
        sql.setLength(0);
        log.current().ifPresent(c -> c.changes.add(new ChangeSet.Change("sql", Map.of(), text, first, first)));
    }
}
