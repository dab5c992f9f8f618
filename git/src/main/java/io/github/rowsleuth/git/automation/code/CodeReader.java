package io.github.rowsleuth.git.automation.code;

import io.github.rowsleuth.git.automation.code.CodeFile.Argument;
import io.github.rowsleuth.git.automation.code.CodeFile.Call;
import io.github.rowsleuth.git.automation.code.CodeFile.Function;
import io.github.rowsleuth.git.automation.code.CodeFile.Literal;
import io.github.rowsleuth.git.automation.code.CodeFile.Place;
import io.github.rowsleuth.git.automation.code.CodeFile.Value;
import io.github.rowsleuth.git.automation.code.CodeToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a program in one pass over its tokens. */
final class CodeReader {

    private static final int MAX_CALLS = 30_000;
    private static final int MAX_REFERENCES = 12;
    private static final Pattern PATH =
            Pattern.compile("[^\\s'\"<>|;,]{1,200}\\.(?:sql|py|sh|bash|js|mjs|cjs|ts|rb|php|psql|pgsql|dump)");

    /** Words before a bracket that make no call. */
    private static final Set<String> NO_CALL = Set.of(
            "if",
            "elif",
            "while",
            "for",
            "return",
            "and",
            "or",
            "not",
            "in",
            "is",
            "lambda",
            "print",
            "switch",
            "catch",
            "function",
            "async",
            "await",
            "typeof",
            "assert",
            "yield",
            "except",
            "with",
            "def",
            "class",
            "del",
            "func");

    /** Calls whose arguments are looked at, by their last names in lower case. */
    private static final Set<String> LOOKED_AT = Set.of(
            "run",
            "call",
            "check_call",
            "check_output",
            "popen",
            "system",
            "exec",
            "execsync",
            "spawn",
            "spawnsync",
            "fork",
            "execfile",
            "execfilesync",
            "execa",
            "execasync",
            "command",
            "commandcontext",
            "start",
            "sh",
            "bat",
            "pwsh",
            "powershell",
            "getoutput",
            "create_subprocess_exec",
            "create_subprocess_shell",
            "run_path",
            "run_module",
            "import_module",
            "__import__",
            "execvp",
            "execv",
            "execl",
            "execlp",
            "spawnl",
            "spawnlp",
            "processbuilder",
            "shell_exec",
            "passthru",
            "proc_open",
            "backticks",
            "upgrade",
            "downgrade",
            "main",
            "crontab",
            "add_job",
            "schedule",
            "add_periodic_task",
            "cronjob",
            "cron",
            "scheduled",
            "scheduled_job",
            "interval",
            "on_event",
            "fixture",
            "skip",
            "skipif",
            "task",
            "shared_task",
            "periodic_task",
            "require",
            "import",
            "bashoperator",
            "pythonoperator",
            "postgresoperator",
            "sqlexecutequeryoperator",
            "dag",
            "kubernetespodoperator",
            "dockeroperator",
            "sshoperator",
            "call_command",
            "rake",
            "every",
            "command_line",
            "open",
            "read_text",
            "readfile",
            "readfilesync",
            "execute",
            "executescript",
            "query",
            "text",
            "sqlfile",
            "from_file",
            "run_sync",
            "sync",
            "dropschema",
            "synchronize",
            "forroot",
            "forrootasync",
            "datasource",
            "createconnection",
            "config",
            "invoke",
            "check",
            "timedelta",
            "apply_async",
            "delay",
            "getattr",
            "load",
            "cronpattern",
            "schedulejob",
            "scheduler",
            "runprogram",
            "whenever",
            "rule",
            "drop_all",
            "create_all",
            "reset_db",
            "set_main_option",
            "set",
            "url",
            "uvicorn",
            "launch",
            "docker_compose",
            "node",
            "script",
            "triggers");

    private static final Set<String> WITHOUT_BRACKETS = Set.of(
            "sh", "bat", "pwsh", "system", "exec", "rake", "command", "runner", "every", "load", "spawn", "$", "run");

    private final List<CodeToken> tokens;
    private final CodeLanguage language;
    private final int[] matches;
    private final Scopes scopes;
    private final Expressions expressions;
    private final List<Call> calls = new ArrayList<>();
    private final List<Literal> paths = new ArrayList<>();

    CodeReader(String text, CodeLanguage language, int firstLine) {
        this.language = language;
        this.tokens = CodeScanner.scan(text, language, firstLine);
        this.matches = matches(tokens);
        this.scopes = language == CodeLanguage.PYTHON || language == CodeLanguage.RUBY
                ? new IndentedScopes(tokens).mark()
                : new BracedScopes(tokens, matches).mark();
        this.expressions = new Expressions(tokens, matches);
    }

    private static int[] matches(List<CodeToken> tokens) {
        int[] matches = new int[tokens.size()];
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            CodeToken token = tokens.get(i);
            if (token.is('(') || token.is('[') || token.is('{')) {
                open.push(i);
            } else if ((token.is(')') || token.is(']') || token.is('}')) && !open.isEmpty()) {
                int start = open.pop();
                matches[start] = i;
                matches[i] = start;
            }
        }
        return matches;
    }

    CodeFile read() {
        List<CodeFile.Import> imports = new ImportReader(tokens, matches, scopes, language).read();
        assignments();
        for (int i = 0; i < tokens.size() && calls.size() < MAX_CALLS; i++) {
            CodeToken token = tokens.get(i);
            if (token.is('(') && matches[i] > i) {
                call(i).ifPresent(calls::add);
            } else if (token.kind() == Kind.NAME
                    && WITHOUT_BRACKETS.contains(token.text())
                    && tokens.get(i + 1).kind() == Kind.STRING) {
                calls.add(withoutBrackets(i));
            } else if (token.kind() == Kind.STRING
                    && paths.size() < MAX_CALLS
                    && PATH.matcher(token.text()).matches()) {
                paths.add(new Literal(token.text(), token.line(), scopes.at(i)));
            }
        }
        return new CodeFile(language, imports, functions(), calls, paths, expressions.constants());
    }

    /** {@code sh 'make'}, {@code rake "db:reset"}, and the template that zx runs. */
    private Call withoutBrackets(int at) {
        CodeToken text = tokens.get(at + 1);
        Argument argument = new Argument("", expressions.value(at + 1, at + 2), text.line());
        return new Call(tokens.get(at).text(), text.line(), place(at), List.of(argument), List.of(), text.line());
    }

    private Place place(int at) {
        Place place = scopes.at(at);
        return place == null ? new Place("", false, false, List.of(), Optional.empty()) : place;
    }

    /** Names that are given a literal, a list of them, or a path built from the place of the file. */
    private void assignments() {
        for (int i = 1; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is('=') && isAssignment(i)) {
                int end = statementEnd(i + 1);
                if (end > i + 1 && end - i < 3_000) {
                    expressions.define(tokens.get(i - 1).text(), expressions.value(i + 1, end));
                }
            } else if (tokens.get(i).isName("in") && i >= 2 && isLoop(i)) {
                Value items = expressions.value(i + 1, statementEnd(i + 1));
                if (items.list()) {
                    expressions.define(tokens.get(i - 1).text(), new Value(items.words(), false));
                }
            }
        }
    }

    private boolean isAssignment(int sign) {
        CodeToken before = tokens.get(sign - 1);
        CodeToken after = tokens.get(sign + 1);
        boolean compared = after.is('=') || (before.kind() == Kind.SIGN && "=!<>+-*/|&".contains(before.text()));
        return !compared && before.kind() == Kind.NAME;
    }

    private boolean isLoop(int in) {
        return tokens.get(in - 2).isName("for")
                || tokens.get(Math.max(0, in - 3)).isName("for");
    }

    private int statementEnd(int from) {
        int i = from;
        while (i < tokens.size() && i - from < 3_000) {
            CodeToken token = tokens.get(i);
            if (matches[i] > i) {
                i = matches[i] + 1;
                continue;
            }
            boolean continues = token.kind() == Kind.LINE_END
                    && i > from
                    && tokens.get(i - 1).kind() == Kind.SIGN
                    && "+=,(".contains(tokens.get(i - 1).text());
            if ((token.kind() == Kind.LINE_END && !continues)
                    || token.is(';')
                    || token.is(')')
                    || token.is('}')
                    || token.is(',')
                    || token.is(']')
                    || token.is(':')) {
                return i;
            }
            i++;
        }
        return i;
    }

    private Optional<Call> call(int bracket) {
        int start = chainStart(bracket);
        if (start < 0) {
            return Optional.empty();
        }
        String name = chain(start, bracket);
        CodeToken before = start > 0 ? tokens.get(start - 1) : tokens.get(start);
        boolean definition = before.isName("def")
                || before.isName("function")
                || before.isName("class")
                || before.isName("func")
                || before.isName("fun");
        if (definition || NO_CALL.contains(name)) {
            return Optional.empty();
        }
        int line = tokens.get(start).line();
        Place place =
                scopes.at(start) == null ? new Place("", false, false, List.of(), Optional.empty()) : scopes.at(start);
        boolean looked =
                LOOKED_AT.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                        || name.startsWith("@");
        List<Argument> arguments = looked ? arguments(bracket + 1, matches[bracket]) : List.of();
        return Optional.of(new Call(
                name,
                line,
                place,
                arguments,
                references(bracket + 1, matches[bracket]),
                tokens.get(matches[bracket]).line()));
    }

    private int chainStart(int bracket) {
        int at = bracket - 1;
        if (at < 0 || tokens.get(at).kind() != Kind.NAME) {
            return -1;
        }
        while (at >= 2 && tokens.get(at - 1).is('.')) {
            int receiver = at - 2;
            if (tokens.get(receiver).is('?')) {
                receiver--;
            }
            if (receiver >= 0 && tokens.get(receiver).kind() == Kind.NAME) {
                at = receiver;
            } else if (receiver >= 0
                    && tokens.get(receiver).is(')')
                    && matches[receiver] > 0
                    && tokens.get(matches[receiver] - 1).kind() == Kind.NAME) {
                at = matches[receiver] - 1; // Service().reset(): the receiver is what Service(…) gives
            } else {
                break;
            }
        }
        return at;
    }

    private String chain(int start, int end) {
        StringBuilder name = new StringBuilder();
        for (int i = start; i < end && name.length() < 300; i++) {
            CodeToken token = tokens.get(i);
            if (token.is('(') && matches[i] > i) {
                i = matches[i];
            } else if (token.kind() == Kind.NAME || token.is('.')) {
                name.append(token.text());
            }
        }
        return name.toString();
    }

    private List<Argument> arguments(int from, int to) {
        List<Argument> arguments = new ArrayList<>();
        for (int[] item : expressions.items(from, to)) {
            int start = item[0];
            while (start < item[1] && tokens.get(start).kind() == Kind.LINE_END) {
                start++;
            }
            if (start >= item[1]) {
                continue;
            }
            int line = tokens.get(start).line();
            boolean keyword = start + 1 < item[1]
                    && (tokens.get(start).kind() == Kind.NAME
                            || tokens.get(start).kind() == Kind.STRING)
                    && (tokens.get(start + 1).is('=') || tokens.get(start + 1).is(':'))
                    && !(start + 2 < item[1]
                            && (tokens.get(start + 2).is('=')
                                    || tokens.get(start + 2).is(':')));
            if (keyword) {
                arguments.add(new Argument(tokens.get(start).text(), expressions.value(start + 2, item[1]), line));
            } else if (tokens.get(start).is('{') && matches[start] > start) {
                arguments.addAll(arguments(start + 1, matches[start])); // an object of options
            } else {
                arguments.add(new Argument("", expressions.value(start, item[1]), line));
            }
        }
        return arguments;
    }

    /** The names among the arguments, which the call may call in its turn. */
    private List<String> references(int from, int to) {
        List<String> names = new ArrayList<>();
        for (int[] item : expressions.items(from, to)) {
            int start = item[0];
            if (start + 2 < item[1] && tokens.get(start + 1).is('=')) {
                start += 2;
            }
            StringBuilder name = new StringBuilder();
            int i = start;
            while (i < item[1]
                    && (tokens.get(i).kind() == Kind.NAME || tokens.get(i).is('.'))) {
                name.append(tokens.get(i).text());
                i++;
            }
            boolean whole = i == item[1] || tokens.get(i).kind() == Kind.LINE_END;
            if (whole && name.length() > 0 && name.length() < 200 && names.size() < MAX_REFERENCES) {
                names.add(name.toString());
            }
        }
        return names;
    }

    private List<Function> functions() {
        List<Function> functions = new ArrayList<>();
        for (Scopes.Found found : scopes.functions()) {
            functions.add(
                    new Function(found.name(), found.line(), found.lastLine(), decorators(found), parameters(found)));
        }
        return functions;
    }

    private List<Call> decorators(Scopes.Found found) {
        List<Call> decorators = new ArrayList<>();
        for (int i = Math.max(0, found.firstToken()); found.firstToken() >= 0 && i < found.token(); i++) {
            if (tokens.get(i).kind() != Kind.NAME || !tokens.get(i).text().startsWith("@")) {
                continue;
            }
            int end = i + 1;
            while (end < found.token()
                    && (tokens.get(end).is('.') || tokens.get(end).kind() == Kind.NAME)) {
                end++;
            }
            boolean called = tokens.get(end).is('(') && matches[end] > end;
            decorators.add(new Call(
                    chain(i, end).substring(1),
                    tokens.get(i).line(),
                    new Place("", false, false, List.of(), Optional.empty()),
                    called ? arguments(end + 1, matches[end]) : List.of(),
                    called ? references(end + 1, matches[end]) : List.of(),
                    tokens.get(i).line()));
        }
        return decorators;
    }

    private List<String> parameters(Scopes.Found found) {
        int bracket = found.token();
        while (bracket < tokens.size()
                && bracket < found.token() + 6
                && !tokens.get(bracket).is('(')) {
            bracket++;
        }
        if (language.braces() || bracket >= tokens.size() || matches[bracket] <= bracket) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (int[] item : expressions.items(bracket + 1, matches[bracket])) {
            if (item[0] < item[1] && tokens.get(item[0]).kind() == Kind.NAME) {
                names.add(tokens.get(item[0]).text());
            }
        }
        return names;
    }
}
