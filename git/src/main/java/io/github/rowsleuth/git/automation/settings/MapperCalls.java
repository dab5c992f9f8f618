package io.github.rowsleuth.git.automation.settings;

import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.DatabaseAct.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Options and calls in programs that let a mapper change the schema: TypeORM, Sequelize, SQLAlchemy and their like. */
final class MapperCalls {

    /**
     * One of them.
     *
     * @param needs a word without which the file is not about this tool
     * @param group the group that holds a value which may be an expression; 0 where there is none
     */
    private record Rule(String tool, Effect effect, Pattern files, String needs, Pattern pattern, int group) {}

    private static final String SCRIPTS = "(?i).*\\.(?:[mc]?[jt]s|json)";
    private static final Pattern COMMENT = Pattern.compile("^\\s*(?://|#|\\*|/\\*).*");
    private static final int MAX_LINE = 1_000;

    private static final List<Rule> RULES = List.of(
            rule(
                    "typeorm",
                    Effect.RESETS_SCHEMA,
                    SCRIPTS,
                    "ype",
                    "\\bdropSchema[\"']?\\s{0,3}:\\s{0,3}([^,}\\n]{1,120})",
                    1),
            rule(
                    "typeorm",
                    Effect.MAY_DROP,
                    SCRIPTS,
                    "ype",
                    "\\bsynchronize[\"']?\\s{0,3}:\\s{0,3}([^,}\\n]{1,120})",
                    1),
            rule(
                    "sequelize",
                    Effect.RESETS_SCHEMA,
                    SCRIPTS,
                    "sync",
                    "\\.sync\\(\\s{0,9}\\{[^}\\n]{0,200}\\bforce\\s{0,3}:\\s{0,3}([^,}\\n]{1,120})",
                    1),
            rule(
                    "sequelize",
                    Effect.MAY_DROP,
                    SCRIPTS,
                    "sync",
                    "\\.sync\\(\\s{0,9}\\{[^}\\n]{0,200}\\balter\\s{0,3}:\\s{0,3}([^,}\\n]{1,120})",
                    1),
            rule(
                    "mikro-orm",
                    Effect.RESETS_SCHEMA,
                    SCRIPTS,
                    "chema",
                    "\\.(?:refreshDatabase|dropSchema|clearDatabase)\\(",
                    0),
            rule("sqlalchemy", Effect.RESETS_SCHEMA, "(?i).*\\.py", "drop_all", "\\bdrop_all\\s{0,3}[(,]", 0),
            rule(
                    "entity framework",
                    Effect.RESETS_SCHEMA,
                    "(?i).*\\.cs",
                    "EnsureDeleted",
                    "\\bEnsureDeleted(?:Async)?\\(",
                    0),
            rule("gorm", Effect.RESETS_SCHEMA, "(?i).*\\.go", "DropTable", "\\bMigrator\\(\\)\\.DropTable\\(", 0),
            rule(
                    "database cleaner",
                    Effect.DELETES_DATA,
                    "(?i).*\\.rb",
                    "DatabaseCleaner",
                    "\\bDatabaseCleaner[\\w.\\[\\]:]{0,60}\\.(?:clean_with|strategy)\\b.{0,20}(?::truncation|:deletion)",
                    0),
            rule(
                    "hibernate",
                    Effect.RESETS_SCHEMA,
                    "(?i).*(?:persistence|hibernate\\.cfg)\\.xml",
                    "hbm2ddl",
                    "hbm2ddl\\.auto[\"'](?:\\s+value\\s*=\\s*[\"']|>)(create-drop|create)\\b",
                    0),
            rule(
                    "jpa",
                    Effect.RESETS_SCHEMA,
                    "(?i).*persistence\\.xml",
                    "schema-generation",
                    "schema-generation\\.database\\.action[\"']\\s+value\\s*=\\s*[\"'](?:drop-and-create|drop)[\"']",
                    0));

    private MapperCalls() {}

    private static Rule rule(String tool, Effect effect, String files, String needs, String pattern, int group) {
        return new Rule(tool, effect, Pattern.compile(files), needs, Pattern.compile(pattern), group);
    }

    static List<Setting> in(RepositoryTree tree) {
        List<Setting> settings = new ArrayList<>();
        for (TreeFile file : tree.files()) {
            List<Rule> rules = RULES.stream()
                    .filter(r -> r.files.matcher(file.name()).matches())
                    .toList();
            if (!rules.isEmpty() && !file.path().contains("node_modules/")) {
                tree.text(file).ifPresent(text -> read(file, text, rules, settings));
            }
        }
        return settings;
    }

    private static void read(TreeFile file, String text, List<Rule> rules, List<Setting> into) {
        List<Rule> apt = rules.stream()
                .filter(r -> text.contains(r.needs) && (!r.tool.equals("typeorm") || aboutTypeorm(file, text)))
                .toList();
        if (apt.isEmpty()) {
            return;
        }
        String[] lines = text.split("\n", 50_000);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].length() <= MAX_LINE && !COMMENT.matcher(lines[i]).matches()) {
                for (Rule rule : apt) {
                    line(rule, file, lines[i], i + 1).ifPresent(into::add);
                }
            }
        }
    }

    private static boolean aboutTypeorm(TreeFile file, String text) {
        return file.name().startsWith("ormconfig")
                || text.contains("typeorm")
                || text.contains("TypeOrm")
                || text.contains("DataSource(");
    }

    private static Optional<Setting> line(Rule rule, TreeFile file, String line, int number) {
        Matcher found = rule.pattern.matcher(line);
        if (!found.find()) {
            return Optional.empty();
        }
        String value = rule.group == 0 ? "true" : found.group(rule.group).strip();
        if (value.equals("false") || value.startsWith("boolean")) {
            return Optional.empty();
        }
        boolean test = ("/" + file.path()).matches("(?i).*(?:/tests?/|/__tests__/|/spec/|\\.(?:test|spec)\\.).*");
        List<String> because = new ArrayList<>();
        if (test) {
            because.add("it stands among tests");
        }
        if (!value.equals("true")) {
            because.add("it depends on " + value);
        }
        if (because.isEmpty()) {
            because.add("it holds whenever this code is run");
        }
        return Optional.of(new Setting(
                rule.effect,
                rule.tool,
                line.strip(),
                file.path(),
                number,
                test ? Optional.of("test") : Optional.empty(),
                !test,
                because,
                !file.name().endsWith(".xml") && !file.name().endsWith(".json")));
    }
}
