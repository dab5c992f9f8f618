package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.sql.SqlObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of model classes, as far as the source names them. A class with two tables in two files has none here. */
public final class ModelNames {

    private static final int LONGEST_CLASS = 6_000;
    private static final int MOST = 20_000;
    private static final Pattern PYTHON_CLASS = Pattern.compile("(?m)^[ \\t]*class[ \\t]+(?!Meta\\b)(\\w+)");
    private static final Pattern PYTHON_TABLE = Pattern.compile(
            "__tablename__\\s*(?::[^=\\n]+)?=\\s*[\"']([\\w.]+)[\"']|db_table\\s*=\\s*[\"']([\\w.\"]+)[\"']|table_name\\s*=\\s*[\"']([\\w.]+)[\"']");
    private static final Pattern PYTHON_SCHEMA = Pattern.compile("[\"']schema[\"']\\s*:\\s*[\"'](\\w+)[\"']");
    private static final Pattern JVM = Pattern.compile(
            "@(?:Table|Entity)\\s*\\([^)]{0,200}?\\bname\\s*=\\s*\"([\\w.]+)\"[^)]{0,200}\\)(?:[^{;]{0,600}?)\\bclass\\s+(\\w+)",
            Pattern.DOTALL);
    private static final Pattern TYPEORM = Pattern.compile(
            "@Entity\\(\\s*(?:\\{[^}]{0,200}?name\\s*:\\s*)?['\"`](\\w+)['\"`][^)]{0,200}\\)[\\s\\S]{0,200}?class\\s+(\\w+)");
    private static final Pattern SEQUELIZE = Pattern.compile("tableName\\s*:\\s*['\"`](\\w+)['\"`]");
    private static final Pattern SEQUELIZE_NAME =
            Pattern.compile("modelName\\s*:\\s*['\"`](\\w+)['\"`]|(\\w+)\\.init\\(|define\\(\\s*['\"`](\\w+)['\"`]");
    private static final Pattern DRIZZLE = Pattern.compile(
            "(?:const|let|var)\\s+(\\w+)\\s*=\\s*(?:pgTable|\\w+\\.table|\\w*[tT]able|createTable)\\(\\s*['\"`]([\\w.]+)['\"`]");
    private static final Pattern PRISMA = Pattern.compile("(?m)^\\s*model\\s+(\\w+)\\s*\\{([^}]{0,20000})}");
    private static final Pattern PRISMA_MAP = Pattern.compile("@@map\\(\\s*(?:name:\\s*)?\"([\\w.]+)\"");
    private static final Pattern RUBY_CLASS =
            Pattern.compile("(?m)^\\s*class\\s+([\\w:]+)\\s*<\\s*[\\w:]*(?:Record|Base)\\b");
    private static final Pattern RUBY_TABLE = Pattern.compile("self\\.table_name\\s*=\\s*[\"':]([\\w.]+)");
    private static final Pattern PHP_TABLE = Pattern.compile("\\$table\\s*=\\s*['\"]([\\w.]+)['\"]");
    private static final Pattern PHP_CLASS =
            Pattern.compile("(?m)^\\s*(?:final\\s+|abstract\\s+)?class\\s+(\\w+)\\s+extends");
    private static final Pattern GO_TABLE = Pattern.compile(
            "func\\s*\\(\\s*\\w*\\s*\\*?(\\w+)\\s*\\)\\s*TableName\\(\\)\\s*string\\s*\\{\\s*return\\s+[\"`]([\\w.]+)");
    private static final Pattern CSHARP =
            Pattern.compile("\\[Table\\(\\s*\"([\\w.]+)\"[^\\]]*][\\s\\S]{0,200}?class\\s+(\\w+)");
    private static final Pattern ECTO =
            Pattern.compile("defmodule\\s+([\\w.]+)\\s+do[\\s\\S]{0,1500}?schema\\s+\"([\\w.]+)\"");
    /** Words of which every file that names the table of a model holds one, in small letters. */
    public static final List<String> MARKS = List.of(
            "__tablename__",
            "db_table",
            "table_name",
            "@table",
            "@entity",
            "tablename",
            "able(",
            "@@map",
            "model ",
            "$table",
            "[table",
            "schema \"");

    private final Map<String, String> tables = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();

    /**
     * {@return whether the language has model classes that are known here}
     *
     * @param language the language
     */
    public static boolean has(Language language) {
        return language != Language.SQL && language != Language.SHELL && language != Language.RUST;
    }

    /**
     * Reads what a file says of its models.
     *
     * @param language its language; empty for a schema of Prisma
     * @param source the file
     */
    public void read(Optional<Language> language, String source) {
        if (tables.size() >= MOST) {
            return;
        }
        if (language.isEmpty()) {
            prisma(source);
            return;
        }
        switch (language.get()) {
            case PYTHON -> classes(source, PYTHON_CLASS, PYTHON_TABLE);
            case JAVA, KOTLIN -> pairs(source, JVM, 2, 1);
            case JAVASCRIPT, TYPESCRIPT -> script(source);
            case RUBY -> classes(source, RUBY_CLASS, RUBY_TABLE);
            case PHP -> classes(source, PHP_CLASS, PHP_TABLE);
            case GO -> pairs(source, GO_TABLE, 1, 2);
            case CSHARP -> pairs(source, CSHARP, 2, 1);
            case ELIXIR -> pairs(source, ECTO, 1, 2);
            default -> {}
        }
    }

    private void script(String source) {
        pairs(source, TYPEORM, 2, 1);
        pairs(source, DRIZZLE, 1, 2);
        Matcher table = SEQUELIZE.matcher(source);
        while (table.find()) {
            String before = source.substring(
                    Math.max(0, table.start() - LONGEST_CLASS), Math.min(source.length(), table.end() + 400));
            Matcher name = SEQUELIZE_NAME.matcher(before);
            if (name.find()) {
                put(
                        name.group(1) != null ? name.group(1) : name.group(2) != null ? name.group(2) : name.group(3),
                        table.group(1));
            }
        }
    }

    private void prisma(String source) {
        Matcher model = PRISMA.matcher(source);
        while (model.find()) {
            Matcher map = PRISMA_MAP.matcher(model.group(2));
            put(model.group(1), map.find() ? map.group(1) : "\"" + model.group(1) + "\"");
        }
    }

    private void classes(String source, Pattern type, Pattern table) {
        Matcher names = type.matcher(source);
        int from = 0;
        String current = "";
        while (names.find(from)) {
            int next = names.end();
            current = names.group(1);
            Matcher following = type.matcher(source);
            int end = Math.min(following.find(next) ? following.start() : source.length(), next + LONGEST_CLASS);
            String body = source.substring(next, Math.max(next, end));
            Matcher found = table.matcher(body);
            if (found.find()) {
                String name = found.group(1);
                for (int i = 2; name == null && i <= found.groupCount(); i++) {
                    name = found.group(i);
                }
                Matcher schema = PYTHON_SCHEMA.matcher(body);
                put(current, (schema.find() ? schema.group(1) + "." : "") + name);
            }
            from = next;
        }
    }

    private void pairs(String source, Pattern pattern, int type, int table) {
        Matcher matcher = pattern.matcher(source);
        while (matcher.find()) {
            put(matcher.group(type), matcher.group(table));
        }
    }

    private void put(String type, String table) {
        String name = simple(type);
        String before = tables.putIfAbsent(name, table);
        if (before != null && !before.equals(table)) {
            ambiguous.add(name);
        }
    }

    private static String simple(String type) {
        String name = type.substring(type.lastIndexOf('.') + 1);
        return name.substring(name.lastIndexOf(':') + 1);
    }

    /** Whether a file names the table of that class. */
    boolean knows(String type) {
        return tables.containsKey(simple(type)) && !ambiguous.contains(simple(type));
    }

    /** The table of a class, by its name in capitals or, as clients of Prisma have it, with a small letter. */
    SqlObject table(String expression) {
        String name = simple(expression
                .replaceAll("\\s*(?:\\(.*|\\{.*)$", "")
                .replaceAll("^[&*$:@]+", "")
                .replaceAll("::class$", "")
                .strip());
        String known = tables.get(name);
        if (known == null && !name.isEmpty()) {
            name = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            known = tables.get(name);
        }
        return known != null && !ambiguous.contains(name)
                ? NameResolver.object(known)
                : IdiomNotes.unnamed(expression.replaceAll("^[&*]+", ""));
    }
}
