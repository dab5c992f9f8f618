package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Program;
import io.github.rowsleuth.sql.SqlObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts names in the places of a statement, where the file says which: constants, lists that a loop runs over. */
final class NameResolver {

    private static final Pattern HOLE = Pattern.compile("[$#]?\\{\\{?([^{}]{1,120})}}?|\\$(\\w{1,60})");
    private static final Pattern TABLE = Pattern.compile("(?:\"?[A-Za-z_][\\w$]*\"?\\.)?\"?[A-Za-z_][\\w$-]*\"?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    /** A name, an element of an object at hand, or a name in a function that only quotes it. */
    private static final Pattern SIMPLE = Pattern.compile("[$@]?(?:self\\.|this\\.|\\$this->|cls\\.)?(\\w+)!?");

    private static final Pattern QUOTED = Pattern.compile(
            "(?i)[\\w.:]*(?:quote|ident|escape|literal|identifier|raw|str|text|name|lit)\\w*\\(\\s*[\"'`%si]*,?\\s*[$@]?(\\w+)\\s*\\)");
    private static final int DEEPEST = 4;
    private static final int MOST = 100;

    private final Program program;

    NameResolver(Program program) {
        this.program = program;
    }

    Hit resolved(Hit hit) {
        if (!hit.statement().dynamic()) {
            return hit;
        }
        List<SqlObject> objects = new ArrayList<>();
        for (SqlObject object : hit.statement().objects()) {
            objects.addAll(object.dynamic() ? resolved(object).orElse(List.of(object)) : List.of(object));
        }
        return hit.with(objects.stream().distinct().limit(MOST).toList());
    }

    /** The objects that a name with holes stands for; empty where a hole can not be filled. */
    private Optional<List<SqlObject>> resolved(SqlObject object) {
        String whole = object.schema().map(s -> s + ".").orElse("") + object.name();
        Set<String> names = new LinkedHashSet<>(List.of(whole));
        for (int i = 0; i < 3 && names.stream().anyMatch(n -> HOLE.matcher(n).find()); i++) {
            Set<String> next = new LinkedHashSet<>();
            for (String name : names) {
                Matcher hole = HOLE.matcher(name);
                if (!hole.find()) {
                    next.add(name);
                    continue;
                }
                List<String> values = values(hole.group(1) != null ? hole.group(1) : hole.group(2));
                if (values.isEmpty()) {
                    return Optional.empty();
                }
                values.stream()
                        .limit(MOST)
                        .forEach(v -> next.add(name.substring(0, hole.start()) + v + name.substring(hole.end())));
            }
            names = next;
        }
        List<SqlObject> objects = new ArrayList<>();
        for (String name : names) {
            if (!TABLE.matcher(name).matches()) {
                return Optional.empty();
            }
            objects.add(object(name));
        }
        return Optional.of(objects);
    }

    static SqlObject object(String name) {
        int dot = name.indexOf('.');
        return new SqlObject(
                dot < 0 ? Optional.empty() : Optional.of(folded(name.substring(0, dot))),
                folded(name.substring(dot + 1)),
                false);
    }

    private static String folded(String name) {
        boolean quoted = name.startsWith("\"") && name.endsWith("\"") && name.length() > 1;
        return quoted ? name.substring(1, name.length() - 1) : name.toLowerCase(java.util.Locale.ROOT);
    }

    /** The names that an expression can stand for. */
    List<String> values(String expression) {
        return values(expression.strip(), 0);
    }

    private List<String> values(String expression, int depth) {
        Matcher simple = SIMPLE.matcher(expression);
        Matcher quoted = QUOTED.matcher(expression);
        String name = simple.matches() ? simple.group(1) : quoted.matches() ? quoted.group(1) : "";
        if (name.isEmpty() || depth > DEEPEST) {
            return List.of();
        }
        Map<String, List<String>> constants = program.constants();
        List<String> values = constants.getOrDefault(name, List.of());
        String alias = program.aliases().get(name);
        if (alias != null) {
            return elements(alias, depth);
        }
        boolean names = !values.isEmpty()
                && values.stream().allMatch(v -> TABLE.matcher(v).matches());
        return names ? values : List.of();
    }

    /** The elements of what a loop runs over: {@code reversed(TABLES)}, {@code [...TABLES].reverse()}. */
    private List<String> elements(String expression, int depth) {
        if (expression.contains(".items") || expression.contains(".entries") || expression.contains(".values(")) {
            return List.of();
        }
        Matcher words = WORD.matcher(expression);
        while (words.find()) {
            List<String> values = values(words.group(), depth + 1);
            if (!values.isEmpty()) {
                return values;
            }
        }
        return List.of();
    }
}
