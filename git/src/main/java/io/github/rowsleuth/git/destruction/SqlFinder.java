package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.git.code.Block;
import io.github.rowsleuth.git.code.Literal;
import io.github.rowsleuth.git.code.Program;
import io.github.rowsleuth.probe.CodeStatement.Reach;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import io.github.rowsleuth.sql.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds destructive statements in SQL, and in the strings of programs. */
final class SqlFinder {

    private static final Pattern CERTAIN_TRUNCATE =
            Pattern.compile("(?i)truncate\\s+(?:table|only)\\b|;|\\bcascade\\b|\\brestart\\s+identity\\b");
    private static final Pattern FIRST_WORD =
            Pattern.compile("(?:\\s++|--[^\\n]*+\\n|/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/)*+\\(?+([A-Za-z]++)");
    private static final Pattern ANY_VERB =
            Pattern.compile("(?i)delete|truncate|drop|merge|update|alter|execute|schedule");
    private static final Set<String> BEGIN_STATEMENTS = Set.of(
            "delete",
            "truncate",
            "drop",
            "merge",
            "update",
            "alter",
            "with",
            "insert",
            "do",
            "begin",
            "start",
            "set",
            "create",
            "select",
            "copy",
            "lock",
            "explain",
            "call",
            "commit",
            "grant",
            "revoke",
            "comment",
            "declare",
            "prepare",
            "execute");
    private static final Pattern STYLE_SHEET = Pattern.compile("^\\s*truncate(?:\\s+[a-z0-9:/\\[\\].%-]+)*\\s*$");
    private static final int LONGEST_EXCERPT = 4 * Excerpt.MAX_LENGTH;

    private SqlFinder() {}

    /** The statements of a text of SQL that begins on that line of its file. */
    static List<Hit> inSql(String sql, int firstLine, Block block) {
        List<DestructiveStatement> found = DestructiveStatements.in(sql);
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            DestructiveStatement statement = found.get(i);
            Reach reach = statement.deferred() ? Reach.DEFERRED : Reach.EXECUTED;
            int line = firstLine + statement.line() - 1;
            hits.add(new Hit(statement, line, excerpt(sql, found, i), reach, block, statement.offset(), List.of()));
        }
        return hits;
    }

    static List<Hit> in(Program program, Reaches reaches) {
        List<Hit> hits = new ArrayList<>();
        for (Literal literal : program.literals()) {
            if (!literal.bare()) {
                in(literal, reaches, hits);
            }
        }
        return hits;
    }

    private static void in(Literal literal, Reaches reaches, List<Hit> into) {
        String text = literal.text().toString();
        if (text.length() < 8
                || !beginsAsStatement(text, literal)
                || !ANY_VERB.matcher(text).find()) {
            return;
        }
        List<DestructiveStatement> found = DestructiveStatements.in(text);
        for (int i = 0; i < found.size(); i++) {
            DestructiveStatement statement = found.get(i);
            if (statement.objects().isEmpty() && statement.kind() != StatementKind.DROP_OWNED) {
                continue; // two words that say nothing, such as a pattern to search for
            }
            Reach reach = statement.deferred() ? Reach.DEFERRED : reaches.of(literal);
            int line = literal.text().lineAt(statement.offset());
            into.add(new Hit(
                    statement,
                    line,
                    excerpt(text, found, i),
                    reach,
                    literal.block(),
                    literal.start(),
                    literal.calls()));
        }
    }

    /** A sentence such as "Delete from the list what you do not need" is no statement. */
    private static boolean beginsAsStatement(String text, Literal literal) {
        Matcher first = FIRST_WORD.matcher(text);
        if (!first.lookingAt()) {
            return false;
        }
        String word = first.group(1);
        if (!BEGIN_STATEMENTS.contains(word.toLowerCase(Locale.ROOT))) {
            return false;
        }
        boolean executed = Reaches.executes(literal.callNames());
        if (word.equals("truncate") && STYLE_SHEET.matcher(text).matches() && !executed) {
            return CERTAIN_TRUNCATE.matcher(text).find();
        }
        boolean capital =
                Character.isUpperCase(word.charAt(0)) && word.length() > 1 && Character.isLowerCase(word.charAt(1));
        return !capital || executed;
    }

    static Excerpt excerpt(String text, List<DestructiveStatement> found, int i) {
        int start = found.get(i).offset();
        int end = Math.min(text.length(), start + LONGEST_EXCERPT);
        for (int next = i + 1; next < found.size(); next++) {
            if (found.get(next).offset() > start) {
                end = Math.min(end, found.get(next).offset());
                break;
            }
        }
        return Excerpt.ofSql(text.substring(start, end).strip());
    }
}
