package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Program;
import io.github.rowsleuth.probe.Guard.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names of a program are worth where it is started on production by itself: no variable set, no switch given,
 * nothing typed.
 */
final class World {

    private static final Pattern MUST_BE_SET = Pattern.compile(
            "os\\.environ\\[.+|ENV\\.fetch\\(\\s*['\"]\\w+['\"]\\s*\\).*|System\\.fetch_env!\\(.+|\\$\\{\\w+:?\\?.*");
    private static final Pattern WITH_DEFAULT = Pattern.compile(
            "(?:os\\.environ\\.get|os\\.getenv|getenv|ENV\\.fetch|System\\.get_env|env|config|environ\\.get|Env::get)\\(\\s*['\"]\\w+['\"]\\s*,\\s*['\"]?([\\w-]*)['\"]?\\s*\\).*"
                    + "|\\$\\{\\w+:?-([\\w-]*)}");
    private static final Pattern MAY_BE_SET = Pattern.compile(
            "os\\.environ\\.get\\(.+|os\\.getenv\\(.+|getenv\\(.+|ENV\\[.+|process\\.env[.\\[].+|os\\.Getenv\\(.+|System\\.getenv\\(.+|System\\.get_env\\(.+"
                    + "|Environment\\.GetEnvironmentVariable\\(.+|(?:std::)?env::var\\(.+|env\\(.+|\\$\\{?[A-Z_]*(?:ENV|STAGE|MODE)[A-Z_]*}?|import\\.meta\\.env\\..+|Deno\\.env\\.get.+|Bun\\.env\\..+");
    /** What chooses the environment chooses the database with it, so the question is what happens on production. */
    private static final Pattern FRAMEWORK = Pattern.compile(
            "(?i)Rails\\.env|app\\(\\)->environment\\(.*|App::environment\\(.*|\\$this->app->environment\\(.*|Mix\\.env.*|(?:settings|config|app\\.config|conf|cfg|self\\.settings|Settings\\(\\))[.\\[]['\"]?\\w*env\\w*['\"]?]?.*|get_settings\\(\\)\\.\\w*env\\w*.*");

    private static final Pattern IS_PRODUCTION =
            Pattern.compile("(?i).*\\bis_?prod(?:uction)?\\b\\(?\\)?\\??|.*\\.production\\?|.*IsProduction\\(\\)");
    private static final Pattern IS_OTHER = Pattern.compile(
            "(?i).*\\.(?:development|test|local|staging)\\?|.*\\bis_?(?:dev(?:elopment)?|test(?:ing)?|local)\\b\\(?\\)?|.*Is(?:Development|Staging)\\(\\)|(?:settings|config)\\.(?:DEBUG|TESTING)");
    private static final Pattern PROMPT = Pattern.compile(
            "(?i)(?:^|[.\\s(>!])(?:input|prompt|confirm|question|readline|gets|ask|raw_input|askquestion|askyesno|scanln|nextline|confirmtoproceed|read_line|readkey|choice)\\s*[!(?].*|STDIN\\.gets.*|.*stdin\\.read.*");
    private static final Pattern ALLOWS = Pattern.compile("(?i)default\\s*[=:]\\s*true|\\[Y/n]|\\bdefault_yes\\b");
    private static final Pattern DRY = Pattern.compile(
            "(?i)(?:.*[.\\[>'\"_-]|!?)(?:dry_?-?run|dryrun|simulate|noop|no_op|preview(?:_only)?)['\"\\])]*");
    private static final Pattern SWITCH = Pattern.compile(
            "(?i)(?:.*[.\\[>'\"_-])?(?:force|execute|yes|confirm(?:ed)?|apply|really|commit|live|do_?it|assume_?yes|i_?am_?sure|allow_\\w+|hard|wipe|no_?dry_?run|skip_?confirm\\w*|delete_?all|purge|actually_?\\w*)['\"\\])]*");
    private static final Pattern ARGUMENTS = Pattern.compile(
            "(?i)(?:process\\.argv|argv|args|sys\\.argv|ARGV|os\\.Args|\\$argv)(?:\\.slice\\(\\d\\))?\\.(?:includes|include\\?|contains|indexOf|some)\\((.+)\\)|in_array\\(\\s*(['\"]-.+)");
    private static final Pattern ADDRESS =
            Pattern.compile("(?i).*(?:url|dsn|host|database|db_?name|conn\\w*string|conninfo)\\w*(?:\\(\\))?");
    private static final Pattern INCLUDES = Pattern.compile(
            "(?s)(.+)\\.(?:includes|include\\?|contains|startswith|startsWith|endswith|endsWith|start_with\\?|end_with\\?|has)\\((.+)\\)");
    private static final Pattern METHOD = Pattern.compile(
            "(.+?)\\.(?:lower|upper|strip|trim|toLowerCase|toUpperCase|downcase|chomp|toString|to_s|casefold)\\(?\\)?");
    private static final Pattern NAME = Pattern.compile("[$@]?(?:self\\.|this\\.)?\\{?([A-Za-z_]\\w*)}?");
    private static final int DEEPEST = 5;

    private final Program program;
    private final Set<String> prompting = new HashSet<>();
    private final Map<String, Value> known = new java.util.HashMap<>();
    private int depth;

    World(Program program) {
        this.program = program;
        program.calls().forEach(call -> {
            if (PROMPT.matcher(call.name() + "(").matches()) {
                call.block().namedFunction().ifPresent(f -> prompting.add(f.name()));
                // The answer is given to a function: rl.question('…', answer => …).
                call.arguments().stream().skip(1).forEach(a -> {
                    Matcher parameter = Pattern.compile("^(?:async\\s*)?(?:function\\s*)?\\(?\\s*(\\w+)")
                            .matcher(a.source());
                    if (parameter.find()) {
                        prompting.add(parameter.group(1));
                    }
                });
            }
        });
    }

    Value value(String condition) {
        return Condition.value(condition, this::operand);
    }

    private Value operand(String raw) {
        String text = raw.strip().replaceAll("^(?:await|\\(|not)\\s+|^\\(+", "").replaceAll("\\s*[;{:]$", "");
        if (text.isEmpty()) {
            return Value.of("");
        }
        Value before = known.get(text);
        if (before == null) {
            if (depth >= DEEPEST) {
                return Value.UNKNOWN;
            }
            depth++;
            before = fresh(text);
            depth--;
            known.put(text, before);
        }
        return before;
    }

    private Value fresh(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (Set.of("true", "false", "none", "null", "nil", "undefined").contains(lower)) {
            return Value.of(lower);
        }
        Value environment = environment(text);
        if (environment.known()) {
            return environment;
        }
        Matcher arguments = ARGUMENTS.matcher(text);
        if (arguments.matches()) {
            return Value.of(false)
                    .as(DRY.matcher(text.replaceAll("[)\\s]+$", "")).matches() ? Kind.DRY_RUN : Kind.SWITCH);
        }
        if (prompts(text)) {
            boolean allows = ALLOWS.matcher(text).find();
            return (allows ? Value.of(true) : Value.of("")).as(Kind.CONFIRMATION);
        }
        Matcher includes = INCLUDES.matcher(text);
        if (includes.matches()) {
            return includes(includes.group(1), includes.group(2));
        }
        Matcher method = METHOD.matcher(text);
        if (method.matches()) {
            return operand(method.group(1));
        }
        return named(text);
    }

    /** A variable that names an address is set wherever anything works at all; of others only the telling ones count. */
    private static Optional<Kind> telling(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches(".*(?:confirm|allow|force|i_am|i_know|really|danger|destroy|wipe|enable|reset|yes).*")) {
            return Optional.of(Kind.SWITCH);
        }
        return lower.matches(
                        ".*(?:env\\b|env['\"\\])}]|_env|stage|mode|prod|deploy|target|debug|test|is_ci|\\bci\\b).*")
                ? Optional.of(Kind.ENVIRONMENT)
                : Optional.empty();
    }

    private Value environment(String text) {
        String variable = text.replaceAll(
                "(?i)^(?:os\\.)?(?:getenv|environ\\.get|environ|env\\.fetch|env|process\\.env|import\\.meta\\.env|system\\.get_?env|deno\\.env\\.get)[.(\\[]",
                "");
        boolean reads =
                MUST_BE_SET.matcher(text).matches() || MAY_BE_SET.matcher(text).matches();
        if (reads
                && ADDRESS.matcher(variable.replaceAll("[^\\w].*$", "").replaceAll("^\\W+", ""))
                        .matches()) {
            return Value.of("db.example.net").as(Kind.ENVIRONMENT);
        }
        if (reads && telling(variable).isEmpty()) {
            return Value.UNKNOWN;
        }
        if (MUST_BE_SET.matcher(text).matches()) {
            return Value.STOPS;
        }
        if (IS_PRODUCTION.matcher(text).matches() && !assigned(text)) {
            return Value.of(true).as(Kind.ENVIRONMENT);
        }
        if (IS_OTHER.matcher(text).matches() && !assigned(text)) {
            return Value.of(false).as(Kind.ENVIRONMENT);
        }
        if (FRAMEWORK.matcher(text).matches()) {
            boolean asks = text.contains("(") && !Condition.elements(text).isEmpty();
            return (asks ? Value.of(Condition.elements(text).contains("production")) : Value.of("production"))
                    .as(Kind.ENVIRONMENT);
        }
        Matcher otherwise = WITH_DEFAULT.matcher(text);
        if (otherwise.matches()) {
            String value = otherwise.group(1) != null ? otherwise.group(1) : otherwise.group(2);
            return Value.of(value).as(telling(variable));
        }
        return MAY_BE_SET.matcher(text).matches() && !assigned(text)
                ? Value.of("").as(telling(variable))
                : Value.UNKNOWN;
    }

    private boolean assigned(String text) {
        Matcher name = NAME.matcher(text);
        return name.matches() && program.assigned().containsKey(name.group(1));
    }

    private boolean prompts(String text) {
        String name = text.replaceAll("[(\\[.].*$", "").replaceAll("[^\\w]", "");
        return PROMPT.matcher(text).matches()
                || prompting.contains(name)
                || prompting.contains(text.replaceAll("\\(.*$", "").replaceAll("^.*\\.", ""));
    }

    private Value includes(String container, String element) {
        Value whole = operand(container);
        Value part = Condition.value(element, this::operand);
        if (whole.stops() || part.stops()) {
            return Value.STOPS;
        }
        if (container.startsWith("[") || container.startsWith("%w") || container.startsWith("{")) {
            List<String> elements = container.startsWith("%w")
                    ? List.of(container.substring(3).replaceAll("[\\])}]$", "").split("\\s+", -1))
                    : Condition.elements(container);
            return part.known() ? Value.of(elements.contains(part.text())).as(part.guard()) : Value.UNKNOWN;
        }
        return whole.known() && part.known()
                ? Value.of(whole.text().contains(part.text())).as(whole.guard())
                : Value.UNKNOWN;
    }

    private Value named(String text) {
        Matcher name = NAME.matcher(text);
        String simple = name.matches() ? name.group(1) : text.substring(text.lastIndexOf('.') + 1);
        String expression = program.assigned().get(simple);
        if (expression != null && name.matches() && !expression.equals(text)) {
            Value value = Condition.value(expression, this::operand);
            if (value.known()) {
                return value;
            }
        }
        if (DRY.matcher(text).matches()) {
            return Value.of(defaultsToTrue("dry[_-]?run|simulate|no_?op|preview"))
                    .as(Kind.DRY_RUN);
        }
        if (SWITCH.matcher(text).matches()) {
            return Value.of(defaultsToTrue(Pattern.quote(simple.replaceAll("\\W", ""))))
                    .as(Kind.SWITCH);
        }
        return ADDRESS.matcher(text).matches() ? Value.of("db.example.net").as(Kind.ENVIRONMENT) : Value.UNKNOWN;
    }

    /** Whether a switch is on unless it is switched off. */
    private boolean defaultsToTrue(String name) {
        return Pattern.compile("(?i)(?:" + name + ")\\b[^\\n]{0,120}(?:default\\s*[=:(]\\s*true|store_false)"
                        + "|\\b(?:" + name + ")\\s*(?::\\s*\\w+\\s*)?=\\s*(?:true|1|yes)\\b"
                        + "|['\"](?:" + name + ")['\"]\\s*,\\s*true\\b"
                        + "|(?:" + name + ")\\s*:\\s*true\\b")
                .matcher(program.source())
                .find();
    }
}
