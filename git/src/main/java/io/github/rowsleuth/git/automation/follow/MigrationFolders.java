package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.config.IniReader;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.DatabaseAct.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The migrations that a tool applies or takes back. */
final class MigrationFolders {

    static final String UP = "upgrade";
    static final String DOWN = "downgrade";

    private static final int MAX_MIGRATIONS = 5_000;

    /** Where each tool keeps its migrations by itself, seen from the folder it runs in or one above it. */
    private static final Map<String, List<String>> PATTERNS = Map.ofEntries(
            Map.entry("flask", List.of("migrations/versions/*.py")),
            Map.entry("django", List.of("**/migrations/[0-9]*.py")),
            Map.entry(
                    "prisma", List.of("prisma/migrations/*/migration.sql", "prisma/schema/migrations/*/migration.sql")),
            Map.entry(
                    "knex",
                    List.of(
                            "migrations/*.[jt]s",
                            "db/migrations/*.[jt]s",
                            "src/db/migrations/*.[jt]s",
                            "src/migrations/*.[jt]s")),
            Map.entry(
                    "sequelize",
                    List.of(
                            "migrations/*.[jt]s",
                            "db/migrations/*.[jt]s",
                            "src/migrations/*.[jt]s",
                            "src/db/migrations/*.[jt]s",
                            "migrations/*.cjs")),
            Map.entry("typeorm", List.of("**/migrations/*.[jt]s", "**/migration/*.[jt]s")),
            Map.entry("mikro-orm", List.of("**/migrations/*.[jt]s")),
            Map.entry(
                    "drizzle-kit",
                    List.of("drizzle/*.sql", "**/drizzle/*.sql", "src/db/migrations/*.sql", "migrations/*.sql")),
            Map.entry("rails", List.of("db/migrate/*.rb")),
            Map.entry("artisan", List.of("database/migrations/*.php")),
            Map.entry("doctrine", List.of("migrations/*.php")),
            Map.entry("flyway", List.of("**/db/migration/**.sql", "sql/*.sql", "migrations/*.sql")),
            Map.entry("mvn", List.of("**/db/migration/**.sql", "**/db/changelog/**")),
            Map.entry("gradle", List.of("**/db/migration/**.sql", "**/db/changelog/**")),
            Map.entry("liquibase", List.of("**/changelog/**.sql", "**/changelog/**.xml", "**/changelog/**.yaml")),
            Map.entry("goose", List.of("migrations/*.sql", "db/migrations/*.sql", "**/migrations/*.sql")),
            Map.entry("dbmate", List.of("db/migrations/*.sql")),
            Map.entry("migrate", List.of("migrations/*.sql", "db/migrations/*.sql", "**/migrations/*.sql")),
            Map.entry("sqlx", List.of("migrations/*.sql")),
            Map.entry("diesel", List.of("migrations/*/*.sql")),
            Map.entry("mix", List.of("priv/repo/migrations/*.exs")),
            Map.entry("supabase", List.of("supabase/migrations/*.sql")),
            Map.entry("node-pg-migrate", List.of("migrations/*.[jt]s", "migrations/*.sql")),
            Map.entry("db-migrate", List.of("migrations/*.js")),
            Map.entry("aerich", List.of("migrations/**.py")),
            Map.entry("yoyo", List.of("migrations/*.sql", "migrations/*.py")));

    private static final Map<String, List<String>> SEEDS = Map.of(
            "prisma", List.of("prisma/seed.[jt]s", "prisma/seed.sql"),
            "knex", List.of("seeds/*.[jt]s", "db/seeds/*.[jt]s", "src/db/seeds/*.[jt]s"),
            "sequelize", List.of("seeders/*.[jt]s", "db/seeders/*.[jt]s"),
            "rails", List.of("db/seeds.rb", "db/seeds/*.rb"),
            "artisan", List.of("database/seeders/*.php"),
            "mix", List.of("priv/repo/seeds.exs"),
            "supabase", List.of("supabase/seed.sql"));

    private final Explorer explorer;

    MigrationFolders(Explorer explorer) {
        this.explorer = explorer;
    }

    /** Notes what the command applies: each migration is a step that a chain need not name. */
    void link(ToolVerbs.Verb verb, Node command, String folder, Site site) {
        boolean down = verb.effect() == Effect.MIGRATES_DOWN;
        boolean up = verb.effect() == Effect.MIGRATES_UP || appliesAgain(verb, site.words());
        if (verb.effect() == Effect.SEEDS || (verb.effect() == Effect.RESETS_SCHEMA && seedsAfterwards(site.words()))) {
            seeds(verb.tool(), command, folder, site);
        }
        if (!down && !up) {
            return;
        }
        for (TreeFile file : files(verb.tool(), folder, site)) {
            boolean downFile = file.path().endsWith(".down.sql")
                    || file.name().equals("down.sql")
                    || file.name().startsWith("U");
            boolean sql = FileLinker.isSql(file.path());
            if (sql && downFile != down && (downFile || hasDownTwin(file))) {
                continue;
            }
            Node part = Node.part(file.path(), down ? DOWN : UP);
            explorer.edge(command, part, 1, How.RUNS, RunContext.of(file.path(), Paths.folder(file.path())), true);
            inside(file, part, down);
        }
    }

    private boolean hasDownTwin(TreeFile file) {
        return explorer.tree().contains(file.path().replace(".up.sql", ".down.sql"));
    }

    /** What the functions of a migration call is followed too. */
    private void inside(TreeFile file, Node part, boolean down) {
        List<String> names = down ? List.of("downgrade", "down") : List.of("upgrade", "up", "change");
        explorer.program(file.path())
                .ifPresent(program -> program.functions().stream()
                        .filter(f -> names.contains(f.simpleName()))
                        .forEach(f -> explorer.innerEdge(
                                part,
                                Node.part(file.path(), ProgramLinker.FUNCTION + f.name()),
                                f.line(),
                                RunContext.of(file.path(), ""))));
    }

    private static boolean appliesAgain(ToolVerbs.Verb verb, List<String> words) {
        return verb.effect() == Effect.RESETS_SCHEMA
                && (words.contains("reset")
                        || words.contains("migrate:fresh")
                        || words.contains("db:migrate:reset")
                        || words.contains("ecto.reset"));
    }

    private static boolean seedsAfterwards(List<String> words) {
        return !words.contains("--skip-seed")
                && (words.contains("reset")
                        || words.contains("db:reset")
                        || words.contains("db:setup")
                        || words.contains("--seed")
                        || words.contains("ecto.reset"));
    }

    private void seeds(String tool, Node command, String folder, Site site) {
        String settings = Paths.join(folder, "package.json");
        Node named = Node.part(settings, "prisma seed");
        if (tool.equals("prisma") && explorer.graph().knows(named)) {
            explorer.edge(command, named, site.line(), How.RUNS, site.context(), true);
            return;
        }
        for (TreeFile file : matching(SEEDS.getOrDefault(tool, List.of()), folder)) {
            explorer.edge(command, Node.file(file.path()), 1, How.RUNS, RunContext.of(file.path(), folder), true);
        }
    }

    private List<TreeFile> files(String tool, String folder, Site site) {
        Optional<String> named = Wrappers.option(
                        site.words(),
                        "-path",
                        "--path",
                        "-dir",
                        "--dir",
                        "--migrations-dir",
                        "-d",
                        "--migrations-folder",
                        "--source",
                        "-m")
                .flatMap(f -> explorer.finder().folder(f.replaceFirst("^file://", ""), site.context()));
        if (named.isPresent() && !tool.equals("alembic")) {
            return List.copyOf(explorer.tree().matching(named.get() + "/*"));
        }
        if (tool.equals("alembic")) {
            return alembic(folder, site);
        }
        return matching(PATTERNS.getOrDefault(tool, List.of()), folder);
    }

    private List<TreeFile> matching(List<String> patterns, String folder) {
        for (String at : Paths.upwards(folder)) {
            List<TreeFile> found = new ArrayList<>();
            for (String pattern : patterns) {
                if (found.isEmpty()) {
                    found.addAll(explorer.tree().matching(Paths.join(at, pattern)));
                }
            }
            found.removeIf(f -> f.name().startsWith("__init__") || f.name().endsWith(".d.ts"));
            if (!found.isEmpty()) {
                return found.subList(0, Math.min(found.size(), MAX_MIGRATIONS));
            }
        }
        return List.of();
    }

    /** Alembic reads where its versions lie from its settings, and loads nothing but files of Python. */
    private List<TreeFile> alembic(String folder, Site site) {
        List<String> settings = new ArrayList<>();
        Wrappers.option(site.words(), "-c", "--config")
                .ifPresent(c -> settings.addAll(
                        explorer.finder().find(c, site.context()).paths()));
        Paths.upwards(folder).forEach(at -> settings.add(Paths.join(at, "alembic.ini")));
        Paths.upwards(Paths.folder(site.context().file())).forEach(at -> settings.add(Paths.join(at, "alembic.ini")));
        explorer.tree().named("alembic.ini").forEach(f -> settings.add(f.path()));
        for (String path : settings) {
            Optional<String> text = explorer.tree().text(path);
            if (text.isPresent()) {
                String location = IniReader.read(text.get())
                        .at("alembic", "script_location")
                        .text();
                String plain = location.replace("%(here)s/", "").replace("%(here)s", "");
                String versions =
                        Paths.join(Paths.join(Paths.folder(path), plain.isBlank() ? "alembic" : plain), "versions");
                return explorer.tree().matching(versions + "/*.py").stream()
                        .filter(f -> !f.name().startsWith("__init__"))
                        .toList();
            }
        }
        return List.of();
    }
}
