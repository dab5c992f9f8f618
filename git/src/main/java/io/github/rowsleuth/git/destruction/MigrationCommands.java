package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.destruction.CommandIdioms.Destroys;
import io.github.rowsleuth.sql.StatementKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Commands of migration tools that reset a database or run migrations backwards. */
final class MigrationCommands {

    private static final String ROLLED_BACK = "what the rollback of migrations drops";
    private static final String DATABASE = "the database of the environment";

    private MigrationCommands() {}

    static Optional<Destroys> of(String name, List<String> rest) {
        String line = CommandIdioms.lower(rest);
        return switch (name) {
            case "alembic", "flask" -> alembic(name, line);
            case "manage.py", "django-admin" -> django(rest, line);
            case "rails", "rake", "bin/rails" ->
                rest.stream()
                        .map(MigrationCommands::rails)
                        .flatMap(Optional::stream)
                        .findFirst();
            case "prisma" -> prisma(line);
            case "drizzle-kit" ->
                (line.contains("push") && line.contains("--force")) || line.startsWith("drop")
                        ? CommandIdioms.found(
                                StatementKind.DROP_TABLE, "what the schema lacks", "drizzle-kit push --force")
                        : Optional.empty();
            case "typeorm", "typeorm-ts-node-commonjs", "typeorm-ts-node-esm", "mikro-orm" -> typeorm(name, line);
            case "sequelize", "sequelize-cli" ->
                line.contains("db:drop") || line.contains("db:migrate:undo")
                        ? CommandIdioms.found(
                                line.contains("db:drop") ? StatementKind.DROP_DATABASE : StatementKind.DROP_TABLE,
                                line.contains("db:drop") ? DATABASE : ROLLED_BACK,
                                "sequelize " + first(line, "db:"))
                        : Optional.empty();
            case "knex" ->
                line.contains("migrate:rollback") || line.contains("migrate:down")
                        ? CommandIdioms.found(StatementKind.DROP_TABLE, ROLLED_BACK, "knex migrate:rollback")
                        : Optional.empty();
            case "node-pg-migrate", "db-migrate", "yoyo", "tern", "sqitch" ->
                line.matches("(?:.*\\s)?(?:down|rollback|reset|redo|revert|db:drop)\\b.*")
                        ? CommandIdioms.found(StatementKind.DROP_TABLE, ROLLED_BACK, name + " down")
                        : Optional.empty();
            case "supabase" ->
                line.contains("db reset")
                        ? CommandIdioms.found(
                                StatementKind.DROP_DATABASE,
                                line.contains("--linked") ? "the linked database" : "the local database",
                                "supabase db reset" + (line.contains("--linked") ? " --linked" : ""))
                        : Optional.empty();
            case "flyway" ->
                rest.contains("clean")
                        ? CommandIdioms.found(
                                StatementKind.DROP_SCHEMA, "every schema that Flyway manages", "flyway clean")
                        : rest.contains("undo")
                                ? CommandIdioms.found(StatementKind.DROP_TABLE, ROLLED_BACK, "flyway undo")
                                : Optional.empty();
            case "liquibase" -> liquibase(line);
            case "migrate" ->
                line.matches(".*\\b(?:down|drop)\\b.*")
                        ? CommandIdioms.found(
                                line.contains("drop") ? StatementKind.DROP_SCHEMA : StatementKind.DROP_TABLE,
                                line.contains("drop") ? "every object of the database" : ROLLED_BACK,
                                "migrate " + (line.contains("drop") ? "drop" : "down"))
                        : Optional.empty();
            case "goose" ->
                line.matches(".*\\b(?:down|down-to|reset|redo)\\b.*")
                        ? CommandIdioms.found(StatementKind.DROP_TABLE, ROLLED_BACK, "goose down")
                        : Optional.empty();
            case "dbmate" -> dbmate(line);
            case "sqlx", "diesel" ->
                line.matches(".*\\bdatabase (?:drop|reset)\\b.*") || line.matches(".*migrat\\w+ (?:revert|redo).*")
                        ? CommandIdioms.found(
                                line.contains("database") ? StatementKind.DROP_DATABASE : StatementKind.DROP_TABLE,
                                line.contains("database") ? DATABASE : ROLLED_BACK,
                                name + " " + (line.contains("database") ? "database reset" : "migration revert"))
                        : Optional.empty();
            case "mix" -> ecto(line);
            case "artisan" -> artisan(line);
            case "ef", "dotnet-ef" ->
                line.contains("database drop")
                        ? CommandIdioms.found(
                                StatementKind.DROP_DATABASE, "the database of the context", "dotnet ef database drop")
                        : line.matches(".*database update 0\\b.*")
                                ? CommandIdioms.found(
                                        StatementKind.DROP_TABLE, ROLLED_BACK, "dotnet ef database update 0")
                                : Optional.empty();
            case "doctrine", "console" -> doctrine(line);
            case "atlas" ->
                line.contains("schema clean")
                        ? CommandIdioms.found(
                                StatementKind.DROP_SCHEMA, "every object of the database", "atlas schema clean")
                        : Optional.empty();
            case "aerich" ->
                line.startsWith("downgrade")
                        ? CommandIdioms.found(StatementKind.DROP_TABLE, ROLLED_BACK, "aerich downgrade")
                        : Optional.empty();
            case "sea-orm-cli" ->
                line.matches("migrate (?:fresh|refresh|reset|down).*")
                        ? CommandIdioms.found(StatementKind.DROP_TABLE, "every table", "sea-orm-cli migrate fresh")
                        : Optional.empty();
            default -> rails(name).or(() -> ectoTask(name)).or(() -> artisanTask(name));
        };
    }

    private static String first(String line, String prefix) {
        int at = line.indexOf(prefix);
        int end = line.indexOf(' ', at);
        return line.substring(at, end < 0 ? line.length() : end);
    }

    private static Optional<Destroys> alembic(String name, String line) {
        boolean down = line.matches("(?:.*\\s)?downgrade\\b.*") && (name.equals("alembic") || line.contains("db "));
        return down
                ? CommandIdioms.found(
                        StatementKind.DROP_TABLE,
                        "what the downgrade drops",
                        name.equals("flask") ? "flask db downgrade" : "alembic downgrade")
                : Optional.empty();
    }

    private static Optional<Destroys> django(List<String> rest, String line) {
        String command =
                rest.stream().filter(w -> !w.startsWith("-")).findFirst().orElse("");
        if (command.equals("flush")) {
            return CommandIdioms.found(StatementKind.TRUNCATE, "every table", "manage.py flush");
        }
        if (command.equals("reset_db") || command.equals("reset_schema")) {
            return CommandIdioms.found(StatementKind.DROP_DATABASE, DATABASE, "manage.py " + command);
        }
        boolean zero = command.equals("migrate") && line.matches(".*\\bzero\\b.*");
        return zero
                ? CommandIdioms.found(
                        StatementKind.DROP_TABLE, "every table of the application", "manage.py migrate zero")
                : Optional.empty();
    }

    private static Optional<Destroys> rails(String word) {
        return switch (word.replaceAll("\\[.*", "")) {
            case "db:drop",
                    "db:drop:all",
                    "db:reset",
                    "db:migrate:reset",
                    "db:schema:load",
                    "db:structure:load",
                    "db:purge",
                    "db:setup",
                    "db:drop:_unsafe",
                    "db:fixtures:load",
                    "db:test:purge",
                    "db:seed:replant" -> CommandIdioms.found(StatementKind.DROP_DATABASE, DATABASE, "rails " + word);
            case "db:truncate_all" -> CommandIdioms.found(StatementKind.TRUNCATE, "every table", "rails " + word);
            case "db:rollback", "db:migrate:down", "db:migrate:redo" ->
                CommandIdioms.found(StatementKind.DROP_TABLE, ROLLED_BACK, "rails " + word);
            default -> Optional.empty();
        };
    }

    private static Optional<Destroys> prisma(String line) {
        if (line.contains("migrate reset")) {
            return CommandIdioms.found(StatementKind.DROP_SCHEMA, DATABASE, "prisma migrate reset");
        }
        if (line.contains("db push") && line.contains("--force-reset")) {
            return CommandIdioms.found(StatementKind.DROP_SCHEMA, DATABASE, "prisma db push --force-reset");
        }
        return line.contains("db push") && line.contains("--accept-data-loss")
                ? CommandIdioms.found(
                        StatementKind.DROP_COLUMN,
                        "columns and tables that the schema lacks",
                        "prisma db push --accept-data-loss")
                : Optional.empty();
    }

    private static Optional<Destroys> typeorm(String name, String line) {
        if (line.matches(".*\\b(?:schema:drop|schema:fresh|database:drop|migration:fresh)\\b.*")) {
            return CommandIdioms.found(
                    StatementKind.DROP_SCHEMA, "every table of the data source", name + " schema:drop");
        }
        return line.matches(".*\\b(?:migration:revert|migration:down)\\b.*")
                ? CommandIdioms.found(StatementKind.DROP_TABLE, ROLLED_BACK, name + " migration:revert")
                : Optional.empty();
    }

    private static Optional<Destroys> liquibase(String line) {
        if (line.matches(".*\\b(?:drop-all|dropall)\\b.*")) {
            return CommandIdioms.found(StatementKind.DROP_SCHEMA, "every object of the schema", "liquibase drop-all");
        }
        return line.matches(".*\\brollback(?:-count|count|-to-date|todate)?\\b.*")
                ? CommandIdioms.found(StatementKind.DROP_TABLE, ROLLED_BACK, "liquibase rollback")
                : Optional.empty();
    }

    private static Optional<Destroys> dbmate(String line) {
        return line.matches(".*\\bdrop\\b.*")
                ? CommandIdioms.found(StatementKind.DROP_DATABASE, DATABASE, "dbmate drop")
                : line.matches(".*\\b(?:rollback|down)\\b.*")
                        ? CommandIdioms.found(StatementKind.DROP_TABLE, ROLLED_BACK, "dbmate rollback")
                        : Optional.empty();
    }

    private static Optional<Destroys> ecto(String line) {
        for (String word : line.replace(",", " ").split("\\s+", -1)) {
            Optional<Destroys> task = ectoTask(word);
            if (task.isPresent()) {
                return task;
            }
        }
        return Optional.empty();
    }

    private static Optional<Destroys> ectoTask(String word) {
        return switch (word) {
            case "ecto.drop", "ecto.reset" -> CommandIdioms.found(StatementKind.DROP_DATABASE, DATABASE, "mix " + word);
            case "ecto.rollback" -> CommandIdioms.found(StatementKind.DROP_TABLE, ROLLED_BACK, "mix " + word);
            default -> Optional.empty();
        };
    }

    private static Optional<Destroys> artisan(String line) {
        for (String word : line.split("\\s+", -1)) {
            Optional<Destroys> task = artisanTask(word);
            if (task.isPresent()) {
                return task;
            }
        }
        return Optional.empty();
    }

    private static Optional<Destroys> artisanTask(String word) {
        return switch (word) {
            case "migrate:fresh", "migrate:refresh", "migrate:reset", "db:wipe" ->
                CommandIdioms.found(StatementKind.DROP_TABLE, "every table", "artisan " + word);
            case "migrate:rollback" -> CommandIdioms.found(StatementKind.DROP_TABLE, ROLLED_BACK, "artisan " + word);
            default -> Optional.empty();
        };
    }

    private static Optional<Destroys> doctrine(String line) {
        if (Set.of("doctrine:schema:drop", "doctrine:database:drop", "orm:schema-tool:drop").stream()
                .anyMatch(line::contains)) {
            return line.contains("--force") || line.contains("--full-database")
                    ? CommandIdioms.found(
                            StatementKind.DROP_SCHEMA,
                            "the schema of the entity manager",
                            "doctrine:schema:drop --force")
                    : Optional.empty();
        }
        return line.contains("doctrine:fixtures:load") && !line.contains("--append")
                ? CommandIdioms.found(
                        StatementKind.DELETE, "every table of the entity manager", "doctrine:fixtures:load")
                : Optional.empty();
    }
}
