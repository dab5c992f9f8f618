package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.code.CodeFile.Function;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.DatabaseAct.Effect;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tools that act on a database by themselves: clients, migration tools, object-relational mappers. */
final class DatabaseTools {

    private static final Set<String> PSQL_VALUED = Set.of(
            "-f",
            "--file",
            "-c",
            "--command",
            "-h",
            "--host",
            "-p",
            "--port",
            "-U",
            "--username",
            "-d",
            "--dbname",
            "-v",
            "--set",
            "-o",
            "-P");

    private final Explorer explorer;
    private final MigrationFolders migrations;

    DatabaseTools(Explorer explorer) {
        this.explorer = explorer;
        this.migrations = new MigrationFolders(explorer);
    }

    boolean link(String name, Site site) {
        switch (name) {
            case "psql", "pgcli", "usql" -> psql(site);
            case "pg_restore" -> restore(site);
            case "dropdb" -> act(site, Effect.RESETS_SCHEMA, "dropdb", String.join(" ", site.words()));
            case "artisan" -> artisan(site, site.words());
            case "django-admin" -> django(site, site.words());
            default -> {
                return byVerb(name, site);
            }
        }
        return true;
    }

    /** Tools that are told by a word or two what to do. */
    private boolean byVerb(String name, Site site) {
        Optional<ToolVerbs.Verb> verb = ToolVerbs.of(name, site.words());
        if (verb.isEmpty()) {
            return ToolVerbs.isTool(name);
        }
        run(site, verb.get());
        return true;
    }

    private void run(Site site, ToolVerbs.Verb verb) {
        String folder = explorer.finder()
                .folderOf(site.context())
                .orElse(Paths.folder(site.context().file()));
        String text = String.join(" ", site.words());
        Node node = Node.command(folder, text.length() > 200 ? text.substring(0, 200) : text);
        act(site, verb.effect(), verb.tool(), node, text);
        migrations.link(verb, node, folder, site);
    }

    /** Notes that a command acts on a database. */
    void act(Site site, Effect effect, String tool, String text) {
        String folder = explorer.finder().folderOf(site.context()).orElse("");
        act(site, effect, tool, Node.command(folder, text.length() > 200 ? text.substring(0, 200) : text), text);
    }

    private void act(Site site, Effect effect, String tool, Node node, String text) {
        explorer.edge(site.from(), node, site.line(), How.RUNS, site.context());
        explorer.act(node, effect, tool, site, text);
    }

    private void psql(Site site) {
        List<String> words = site.words();
        CommandLinker commands = explorer.commands();
        for (String file : Wrappers.options(words, "-f", "--file")) {
            if (file.equals("-") || file.equals("/dev/stdin")) {
                continue;
            }
            commands.runFile(site, file, How.RUNS, List.of());
        }
        site.command().inputs().forEach(f -> commands.runFile(site, f, How.RUNS, List.of()));
        CommandLinker.catted(site).forEach(f -> commands.runFile(site, f, How.RUNS, List.of()));
        for (String sql : Wrappers.options(words, "-c", "--command")) {
            statements(site, sql);
            included(site, sql);
        }
        site.command().document().ifPresent(d -> {
            statements(site, d.text());
            included(site, d.text());
        });
        site.piped().ifPresent(t -> statements(site, t));
        boolean dumped = site.command()
                .source()
                .filter(s -> s.name().equals("pg_dump")
                        && (s.words().contains("--clean") || s.words().contains("-c")))
                .isPresent();
        if (dumped) {
            act(site, Effect.RESETS_SCHEMA, "pg_dump", "pg_dump --clean | psql");
        }
    }

    /** Destructive statements that stand in a command. */
    private void statements(Site site, String sql) {
        for (DestructiveStatement statement : DestructiveStatements.in(sql)) {
            Effect effect = statement.kind().dropsTables() ? Effect.RESETS_SCHEMA : Effect.DELETES_DATA;
            if (statement.kind().dropsTables() || statement.kind().removesRows()) {
                act(site, effect, "psql", "psql: " + statement);
            }
        }
    }

    private void included(Site site, String sql) {
        for (String line : sql.split("\n", -1)) {
            String plain = line.strip();
            if (plain.startsWith("\\i ") || plain.startsWith("\\ir ")) {
                String file = plain.substring(plain.indexOf(' ')).strip().replaceAll("['\";]", "");
                explorer.commands().runFile(site, file, How.RUNS, List.of());
            }
        }
    }

    private void restore(Site site) {
        boolean clean = site.words().stream()
                .anyMatch(w -> w.equals("--clean")
                        || (w.startsWith("-")
                                && !w.startsWith("--")
                                && w.contains("c")
                                && !w.startsWith("-d")
                                && !w.startsWith("-h")
                                && !w.startsWith("-U")
                                && !w.startsWith("-F")));
        if (clean) {
            act(site, Effect.RESETS_SCHEMA, "pg_restore", String.join(" ", site.words()));
        }
    }

    /** A command of Django: one of its own, or one of the repository. */
    void django(Site site, List<String> words) {
        String command = words.stream()
                .skip(1)
                .filter(w -> !w.startsWith("-"))
                .findFirst()
                .orElse("");
        List<String> normal = new ArrayList<>(List.of("django"));
        normal.addAll(words.subList(1, words.size()));
        Optional<ToolVerbs.Verb> verb = ToolVerbs.of("django", normal);
        if (verb.isPresent()) {
            run(site.with(normal), verb.get());
        }
        for (TreeFile file : explorer.tree().named(command + ".py")) {
            if (file.folder().endsWith("management/commands")) {
                explorer.edge(site.from(), Node.file(file.path()), site.line(), How.RUNS, site.context());
            }
        }
        if (command.equals("runserver") || command.equals("test")) {
            applications(site);
        }
        if (command.equals("test")) {
            explorer.commands().tests().link("pytest", site.with(List.of("pytest")));
        }
    }

    /** What Django runs when a module that starts it is loaded. */
    void djangoStart(Site site, String path) {
        String name = Paths.name(path);
        if (name.equals("wsgi.py") || name.equals("asgi.py")) {
            applications(site);
        }
    }

    private void applications(Site site) {
        for (TreeFile file : explorer.tree().named("apps.py")) {
            for (Function function :
                    explorer.program(file.path()).map(p -> p.named("ready")).orElse(List.of())) {
                Node node = Node.part(file.path(), ProgramLinker.FUNCTION + function.name());
                explorer.edge(site.from(), node, site.line(), How.CALLS, site.context());
            }
        }
    }

    /** {@code flask db upgrade} and commands of the application; says whether it was one. */
    boolean flask(Site site) {
        List<String> rest = Wrappers.afterOptions(site.words(), 1, Set.of("--app", "-A", "--env-file", "-e"));
        if (rest.isEmpty() || rest.get(0).equals("run")) {
            return false;
        }
        List<String> normal = new ArrayList<>(List.of("flask"));
        normal.addAll(rest);
        ToolVerbs.of("flask", normal).ifPresent(v -> run(site.with(normal), v));
        return true;
    }

    void artisan(Site site, List<String> words) {
        List<String> normal = new ArrayList<>(List.of("artisan"));
        normal.addAll(words.subList(1, words.size()));
        ToolVerbs.of("artisan", normal).ifPresent(v -> run(site.with(normal), v));
        String command = normal.size() > 1 ? normal.get(1) : "";
        for (TreeFile file : explorer.tree().matching("**/Console/Commands/*.php")) {
            boolean named = explorer.tree()
                    .text(file)
                    .filter(t -> t.contains("'" + command))
                    .isPresent();
            if (!command.isEmpty() && named) {
                explorer.edge(site.from(), Node.file(file.path()), site.line(), How.RUNS, site.context());
            }
        }
    }

    /** A task of Rails; says whether it is one of its own. */
    boolean rails(Site site, String task) {
        List<String> normal = List.of("rails", task);
        Optional<ToolVerbs.Verb> verb = ToolVerbs.of("rails", normal);
        verb.ifPresent(v -> run(site.with(normal), v));
        return verb.isPresent();
    }

    static boolean valued(String option) {
        return PSQL_VALUED.contains(option);
    }
}
