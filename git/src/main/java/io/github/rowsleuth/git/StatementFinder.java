package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.CodeStatement.Reach;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import io.github.rowsleuth.sql.StatementKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds destructive statements in SQL, and in the string literals of programs. */
final class StatementFinder {

    private static final List<String> KEYWORDS = List.of("delete", "truncate", "drop", "merge", "update", "alter");

    /** Between two words of a statement there may be the end of one literal and the beginning of the next. */
    private static final String GAP = "\\W{1,60}(?:[frbu]{1,2}[\"'])?";

    private static final Pattern IN_PROGRAM = Pattern.compile(
            "delete" + GAP + "from|truncate\\W|drop" + GAP + "[a-z]|merge" + GAP + "into|alter" + GAP + "[a-z]"
                    + "|update\\W.{1,200}?\\bset\\b",
            Pattern.DOTALL);

    private static final Pattern CERTAIN_TRUNCATE =
            Pattern.compile("truncate\\s+(?:table|only)\\b|;|\\bcascade\\b|\\brestart\\s+identity\\b");
    private static final Pattern FIRST_WORD =
            Pattern.compile("(?:\\s++|--[^\\n]*+\\n|/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/)*+([A-Za-z]++)");
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
            "declare");
    private static final Set<String> EXECUTES = Set.of(
            "execute",
            "executescript",
            "executemany",
            "exec",
            "exec_driver_sql",
            "exec_query",
            "executeUpdate",
            "executeLargeUpdate",
            "executeQuery",
            "query",
            "raw",
            "prepareStatement",
            "createNativeQuery",
            "psql",
            "fetch",
            "Exec",
            "ExecContext",
            "$executeRaw",
            "$executeRawUnsafe",
            "$queryRawUnsafe",
            "executeRawUnsafe");
    private static final Set<String> WRITES = Set.of(
            "write",
            "writelines",
            "write_text",
            "writeFile",
            "writeFileSync",
            "appendFile",
            "appendFileSync",
            "writeString",
            "print",
            "println",
            "printf",
            "puts",
            "log",
            "info",
            "debug",
            "warn",
            "warning",
            "error",
            "Println",
            "Printf",
            "Fprintf",
            "Fprintln",
            "add_argument",
            "ArgumentParser",
            "input",
            "exception");
    private static final int LONGEST_EXCERPT = 4 * Excerpt.MAX_LENGTH;

    private StatementFinder() {}

    /** Whether a text can hold a destructive statement at all. Most files can not, so this decides the time it takes. */
    static boolean worthReading(Language language, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return KEYWORDS.stream().anyMatch(lower::contains)
                && (language == Language.SQL || IN_PROGRAM.matcher(lower).find());
    }

    /** The statements of SQL that begins on that line of its file. */
    static List<CodeStatement> inSql(String sql, int firstLine) {
        List<DestructiveStatement> found = DestructiveStatements.in(sql);
        List<CodeStatement> statements = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            DestructiveStatement statement = found.get(i);
            Reach reach = statement.deferred() ? Reach.DEFERRED : Reach.EXECUTED;
            int line = firstLine + statement.line() - 1;
            statements.add(new CodeStatement(statement, line, reach, excerpt(sql, found, i)));
        }
        return statements;
    }

    static List<CodeStatement> in(Program program) {
        List<CodeStatement> statements = new ArrayList<>();
        for (Literal literal : program.literals()) {
            statements.addAll(in(literal, program));
        }
        statements.sort(Comparator.comparingInt(CodeStatement::line));
        return statements;
    }

    static List<CodeStatement> in(Literal literal, Program program) {
        String text = literal.text().toString();
        if (!beginsAsStatement(text, literal)) {
            return List.of();
        }
        List<DestructiveStatement> found = DestructiveStatements.in(text);
        List<CodeStatement> statements = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            DestructiveStatement statement = found.get(i);
            if (statement.objects().isEmpty() && statement.kind() != StatementKind.DROP_OWNED) {
                continue; // two words that say nothing, such as a pattern to search for
            }
            Reach reach = statement.deferred() ? Reach.DEFERRED : reach(literal, program);
            int line = literal.text().lineAt(statement.offset());
            statements.add(new CodeStatement(statement, line, reach, excerpt(text, found, i)));
        }
        return statements;
    }

    /** A sentence such as "Delete from the list what you do not need" is no statement. */
    private static boolean beginsAsStatement(String text, Literal literal) {
        Matcher first = FIRST_WORD.matcher(text);
        if (!first.lookingAt()) {
            return false;
        }
        String word = first.group(1);
        boolean sentence =
                Character.isUpperCase(word.charAt(0)) && word.length() > 1 && Character.isLowerCase(word.charAt(1));
        boolean executed = literal.calls().stream().map(Call::lastName).anyMatch(EXECUTES::contains);
        if (word.equals("truncate")
                && !executed
                && !CERTAIN_TRUNCATE.matcher(text).find()) {
            return false; // a class of a style sheet
        }
        return !sentence && BEGIN_STATEMENTS.contains(word.toLowerCase(Locale.ROOT));
    }

    private static Reach reach(Literal literal, Program program) {
        Set<String> around = new HashSet<>();
        literal.calls().forEach(c -> around.add(Call.lastName(c)));
        Reach direct = reach(around);
        if (direct != Reach.UNKNOWN || literal.target().isEmpty()) {
            return direct == Reach.UNKNOWN ? Reach.EXECUTED : direct;
        }
        String variable = Call.lastName(literal.target());
        Set<String> takers = new HashSet<>();
        program.passedTo().forEach((call, names) -> {
            boolean passed = names.contains(variable)
                    || names.stream()
                            .anyMatch(n -> variable.equals(program.aliases().get(n)));
            if (passed) {
                takers.add(call);
            }
        });
        return reach(takers) == Reach.WRITTEN ? Reach.WRITTEN : Reach.EXECUTED;
    }

    private static Reach reach(Set<String> calls) {
        if (calls.stream().anyMatch(EXECUTES::contains)) {
            return Reach.EXECUTED;
        }
        return calls.stream().anyMatch(WRITES::contains) ? Reach.WRITTEN : Reach.UNKNOWN;
    }

    private static Excerpt excerpt(String text, List<DestructiveStatement> found, int i) {
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
