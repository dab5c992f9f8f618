package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.probe.DatabaseAct.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the commands of tools do to a database, as their documentation says. */
final class ToolVerbs {

    /** A command of a tool. */
    record Verb(String tool, Effect effect) {}

    /** Words that must all stand in the command, the first of them before the others. */
    private record Rule(List<String> words, Effect effect) {}

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("sequelize-cli", "sequelize"),
            Map.entry("typeorm-ts-node-commonjs", "typeorm"),
            Map.entry("typeorm-ts-node-esm", "typeorm"),
            Map.entry("mikro-orm-esm", "mikro-orm"),
            Map.entry("sqlx-cli", "sqlx"),
            Map.entry("symfony", "doctrine"),
            Map.entry("console", "doctrine"),
            Map.entry("golang-migrate", "migrate"),
            Map.entry("mvnw", "mvn"),
            Map.entry("gradlew", "gradle"));

    private static final Map<String, List<Rule>> RULES = new LinkedHashMap<>();

    static {
        tool("alembic", "downgrade=DOWN", "upgrade=UP");
        tool("flask", "db downgrade=DOWN", "db upgrade=UP", "seed=SEED", "init-db=DELETE");
        tool(
                "prisma",
                "migrate reset=RESET",
                "db push --force-reset=RESET",
                "db push --accept-data-loss=DROP",
                "db push=DROP_ASKED",
                "migrate deploy=UP",
                "migrate dev=UP",
                "db seed=SEED",
                "db execute=DELETE");
        tool(
                "knex",
                "migrate:rollback=DOWN",
                "migrate:down=DOWN",
                "migrate:latest=UP",
                "migrate:up=UP",
                "seed:run=SEED");
        tool(
                "sequelize",
                "db:drop=RESET",
                "db:migrate:undo=DOWN",
                "db:migrate:undo:all=DOWN",
                "db:seed:undo:all=DELETE",
                "db:migrate=UP",
                "db:seed:all=SEED",
                "db:seed=SEED");
        tool("typeorm", "schema:drop=RESET", "migration:revert=DOWN", "migration:run=UP", "schema:sync=DROP");
        tool(
                "mikro-orm",
                "schema:fresh=RESET",
                "migration:fresh=RESET",
                "schema:drop=RESET",
                "migration:down=DOWN",
                "migration:up=UP",
                "schema:update=DROP",
                "seeder:run=SEED");
        tool("drizzle-kit", "push --force=DROP", "push=DROP_ASKED", "migrate=UP", "drop=HARMLESS");
        tool(
                "rails",
                "db:drop=RESET",
                "db:reset=RESET",
                "db:setup=RESET",
                "db:schema:load=RESET",
                "db:structure:load=RESET",
                "db:migrate:reset=RESET",
                "db:truncate_all=DELETE",
                "db:purge=RESET",
                "db:rollback=DOWN",
                "db:migrate:down=DOWN",
                "db:seed:replant=DELETE",
                "db:test:prepare=HARMLESS",
                "db:prepare=UP",
                "db:migrate=UP",
                "db:seed=SEED");
        tool(
                "django",
                "flush=DELETE",
                "reset_db=RESET",
                "reset_schema=RESET",
                "sqlflush=HARMLESS",
                "migrate zero=DOWN",
                "migrate=UP",
                "loaddata=SEED");
        tool(
                "artisan",
                "migrate:fresh=RESET",
                "migrate:refresh=DOWN",
                "migrate:reset=DOWN",
                "migrate:rollback=DOWN",
                "db:wipe=RESET",
                "migrate=UP",
                "db:seed=SEED");
        tool(
                "doctrine",
                "doctrine:schema:drop=RESET",
                "doctrine:database:drop=RESET",
                "doctrine:fixtures:load=DELETE",
                "doctrine:schema:update --force=DROP",
                "doctrine:migrations:migrate=UP");
        tool("flyway", "clean=RESET", "undo=DOWN", "migrate=UP");
        tool(
                "liquibase",
                "dropAll=RESET",
                "drop-all=RESET",
                "rollback=DOWN",
                "rollback-count=DOWN",
                "rollbackCount=DOWN",
                "update=UP");
        tool(
                "mvn",
                "flyway:clean=RESET",
                "flyway:undo=DOWN",
                "flyway:migrate=UP",
                "liquibase:dropAll=RESET",
                "liquibase:rollback=DOWN",
                "liquibase:update=UP");
        tool("gradle", "flywayClean=RESET", "flywayMigrate=UP", "dropAll=RESET", "update=UP");
        tool("goose", "reset=DOWN", "down-to=DOWN", "down=DOWN", "redo=DOWN", "up=UP", "up-to=UP");
        tool("dbmate", "drop=RESET", "rollback=DOWN", "down=DOWN", "up=UP", "migrate=UP");
        tool("migrate", "drop=RESET", "down=DOWN", "up=UP", "goto=UP");
        tool("sqlx", "database drop=RESET", "database reset=RESET", "migrate revert=DOWN", "migrate run=UP");
        tool("diesel", "database reset=RESET", "migration redo=DOWN", "migration revert=DOWN", "migration run=UP");
        tool("mix", "ecto.drop=RESET", "ecto.reset=RESET", "ecto.rollback=DOWN", "ecto.migrate=UP", "ecto.setup=SEED");
        tool("supabase", "db reset=RESET", "db push=UP", "migration up=UP");
        tool("atlas", "schema clean=RESET", "schema apply=DROP", "migrate down=DOWN", "migrate apply=UP");
        tool("hasura", "migrate apply --down=DOWN", "migrate apply=UP");
        tool("heroku", "pg:reset=RESET");
        tool("railway", "volume delete=RESET");
        tool("dotnet", "ef database drop=RESET", "ef database update=UP");
        tool("yoyo", "rollback=DOWN", "apply=UP");
        tool("aerich", "downgrade=DOWN", "upgrade=UP");
        tool("piccolo", "migrations backwards=DOWN", "migrations forwards=UP");
        tool("node-pg-migrate", "down=DOWN", "redo=DOWN", "up=UP");
        tool("db-migrate", "reset=DOWN", "down=DOWN", "up=UP");
        tool("aws", "rds delete-db-instance=RESET", "rds delete-db-cluster=RESET");
        tool("medusa", "db:migrate=UP");
        tool("payload", "migrate:fresh=RESET", "migrate:reset=DOWN", "migrate:down=DOWN", "migrate=UP");
    }

    private ToolVerbs() {}

    private static void tool(String name, String... rules) {
        List<Rule> all = new ArrayList<>();
        for (String rule : rules) {
            int sign = rule.lastIndexOf('=');
            Effect effect = switch (rule.substring(sign + 1)) {
                case "RESET" -> Effect.RESETS_SCHEMA;
                case "DELETE" -> Effect.DELETES_DATA;
                case "DROP" -> Effect.MAY_DROP;
                case "DOWN" -> Effect.MIGRATES_DOWN;
                case "UP" -> Effect.MIGRATES_UP;
                case "SEED" -> Effect.SEEDS;
                default -> Effect.HARMLESS;
            };
            all.add(new Rule(List.of(rule.substring(0, sign).split(" ", -1)), effect));
        }
        RULES.put(name, all);
    }

    static boolean isTool(String name) {
        return RULES.containsKey(NAMES.getOrDefault(name, name))
                && !name.equals("aws")
                && !name.equals("railway")
                && !name.equals("heroku");
    }

    /** What the command does, if it is one that does something; the first rule that fits. */
    static Optional<Verb> of(String name, List<String> words) {
        String tool = NAMES.getOrDefault(name, name);
        for (Rule rule : RULES.getOrDefault(tool, List.of())) {
            if (fits(rule.words, words)) {
                return Optional.of(new Verb(tool, rule.effect));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(List<String> rule, List<String> words) {
        int at = 1;
        for (String wanted : rule) {
            boolean option = wanted.startsWith("--");
            int found = -1;
            for (int i = option ? 1 : at; i < words.size() && found < 0; i++) {
                String word = words.get(i);
                boolean same = word.equals(wanted) || (option && word.startsWith(wanted + "="));
                found = same ? i : -1;
            }
            if (found < 0) {
                return false;
            }
            at = option ? at : found + 1;
        }
        return true;
    }
}
