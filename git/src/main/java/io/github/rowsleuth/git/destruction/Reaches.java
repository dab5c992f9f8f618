package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Literal;
import io.github.rowsleuth.git.code.Program;
import io.github.rowsleuth.probe.CodeStatement.Reach;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells whether a string is executed, or only written, from the calls that it or its variable is given to. */
final class Reaches {

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
            "createQuery",
            "psql",
            "fetch",
            "fetchval",
            "fetchrow",
            "Exec",
            "ExecContext",
            "MustExec",
            "Query",
            "QueryRow",
            "QueryContext",
            "QueryRowContext",
            "$executeRaw",
            "$executeRawUnsafe",
            "$queryRaw",
            "$queryRawUnsafe",
            "executeRawUnsafe",
            "executeStatement",
            "ExecuteSqlRaw",
            "ExecuteSqlRawAsync",
            "ExecuteSqlInterpolated",
            "ExecuteNonQuery",
            "ExecuteAsync",
            "Execute",
            "Sql",
            "RunSQL",
            "runSql",
            "statement",
            "unprepared",
            "affectingStatement",
            "execute_batch",
            "simple_query",
            "batch_execute",
            "sql_query",
            "query_as",
            "execute_sql",
            "run_sql",
            "exec_update",
            "exec_delete",
            "batchUpdate",
            "nativeQuery");

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
            "exception",
            "echo",
            "console",
            "Write",
            "WriteLine",
            "WriteAllText",
            "file_put_contents",
            "write_all",
            "eprintln",
            "println!",
            "eprintln!",
            "success",
            "secho",
            "confirm",
            "question",
            "prompt",
            "cat",
            "notice",
            "fatal",
            "critical",
            "trace",
            "table",
            "warn_once",
            "comment");

    /** These only look at a text. */
    private static final Set<String> LOOKS = Set.of(
            "compile",
            "search",
            "match",
            "findall",
            "fullmatch",
            "sub",
            "includes",
            "startsWith",
            "startswith",
            "endsWith",
            "endswith",
            "contains",
            "Contains",
            "indexOf",
            "index",
            "find",
            "test",
            "RegExp",
            "assertIn",
            "assertNotIn",
            "assertEqual",
            "assert_called_with",
            "assert_called_once_with",
            "toContain",
            "toEqual",
            "toBe",
            "toMatch",
            "toHaveBeenCalledWith",
            "toStrictEqual",
            "assertThat",
            "assertEquals",
            "assertTrue",
            "isEqualTo",
            "assert_equal",
            "assert_match",
            "regex",
            "re",
            "HasPrefix",
            "MatchString",
            "MustCompile",
            "str_contains",
            "strpos",
            "preg_match",
            "in_array",
            "start_with?",
            "include?",
            "match?",
            "expect",
            "eq",
            "count",
            "split",
            "replace",
            "ExpectExec",
            "ExpectQuery",
            "expectExec",
            "raises",
            "parametrize",
            "Regex",
            "pattern",
            "has",
            "when",
            "verify",
            "describe",
            "it",
            "ValueError",
            "Exception",
            "Error",
            "RuntimeError",
            "BadRequest",
            "HTTPException");

    private final Program program;

    Reaches(Program program) {
        this.program = program;
    }

    static boolean executes(List<String> calls) {
        return calls.stream().anyMatch(EXECUTES::contains);
    }

    /** Whether a text is only compared with, or looked for in, another one. */
    static boolean looksOnly(List<String> calls) {
        return !executes(calls) && calls.stream().anyMatch(LOOKS::contains);
    }

    Reach of(Literal literal) {
        Reach direct = of(new HashSet<>(literal.callNames()));
        if (direct != Reach.UNKNOWN || literal.target().isEmpty()) {
            return direct == Reach.UNKNOWN ? Reach.EXECUTED : direct;
        }
        String target = literal.target();
        String variable = target.substring(target.lastIndexOf('.') + 1).replace("$", "");
        Set<String> takers = new HashSet<>();
        program.passedTo().forEach((call, names) -> {
            boolean passed = names.contains(variable)
                    || names.stream()
                            .anyMatch(n -> variable.equals(program.aliases().get(n)));
            if (passed) {
                takers.add(call);
            }
        });
        return of(takers) == Reach.WRITTEN ? Reach.WRITTEN : Reach.EXECUTED;
    }

    private static Reach of(Set<String> calls) {
        if (calls.stream().anyMatch(EXECUTES::contains)) {
            return Reach.EXECUTED;
        }
        return calls.stream().anyMatch(WRITES::contains) ? Reach.WRITTEN : Reach.UNKNOWN;
    }
}
