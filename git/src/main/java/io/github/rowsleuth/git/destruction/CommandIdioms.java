package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises commands that destroy data: of PostgreSQL itself, of migration tools, of containers and clouds. */
public final class CommandIdioms {

    /**
     * What a command destroys.
     *
     * @param kind what it comes to, as if it were SQL
     * @param object the database or table, or in words what is destroyed
     * @param line the command in a few words
     */
    public record Destroys(StatementKind kind, SqlObject object, String line) {}

    private static final Set<String> WITH_OPTIONS = Set.of(
            "sudo",
            "env",
            "time",
            "nohup",
            "nice",
            "ionice",
            "exec",
            "command",
            "xargs",
            "timeout",
            "setsid",
            "then",
            "do",
            "!",
            "cross-env",
            "dotenv",
            "dotenvx",
            "doppler",
            "op",
            "infisical",
            "with-env",
            "stdbuf",
            "builtin",
            "chronic",
            "flock");
    private static final Set<String> RUNNERS = Set.of(
            "npx",
            "bunx",
            "pnpx",
            "uv",
            "poetry",
            "pipenv",
            "pdm",
            "hatch",
            "rye",
            "bundle",
            "yarn",
            "pnpm",
            "npm",
            "bun",
            "railway",
            "heroku",
            "fly",
            "flyctl",
            "docker",
            "docker-compose",
            "podman",
            "kubectl",
            "ssh",
            "su",
            "gosu",
            "runuser",
            "rake",
            "bin/rails",
            "sail",
            "./vendor/bin/sail",
            "symfony",
            "make",
            "just",
            "mise",
            "direnv",
            "conda",
            "render",
            "turbo",
            "nx",
            "lerna",
            "dc");
    private static final Set<String> TOOLS = Set.of(
            "psql",
            "dropdb",
            "pg_restore",
            "pg_dump",
            "alembic",
            "flask",
            "rails",
            "rake",
            "prisma",
            "drizzle-kit",
            "typeorm",
            "typeorm-ts-node-commonjs",
            "sequelize",
            "sequelize-cli",
            "knex",
            "supabase",
            "flyway",
            "liquibase",
            "migrate",
            "goose",
            "dbmate",
            "sqlx",
            "diesel",
            "mix",
            "artisan",
            "ef",
            "manage.py",
            "django-admin",
            "atlas",
            "aerich",
            "mikro-orm",
            "doctrine",
            "node-pg-migrate",
            "db-migrate",
            "yoyo",
            "sea-orm-cli",
            "hasura",
            "encore",
            "kysely",
            "console",
            "bin/console",
            "initdb",
            "pg_dropcluster",
            "rm",
            "dropuser",
            "tern",
            "sqitch");
    private static final Pattern CLUSTER = Pattern.compile(
            "(?i).*(?:\\$\\{?pgdata|/pgdata\\b|pg_?data|postgres\\w*/data|var/lib/postgres|postgres[-_]data|postgresql/\\d|db[-_]data).*");
    private static final Pattern VARIABLE = Pattern.compile("\\$|\\{|%");

    private CommandIdioms() {}

    /**
     * {@return what a command destroys; empty for one that destroys nothing}
     *
     * @param words the command, word by word
     */
    public static Optional<Destroys> of(List<String> words) {
        List<String> command = unwrapped(words);
        if (command.isEmpty()) {
            return Optional.empty();
        }
        String name = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
        List<String> rest = command.subList(1, command.size());
        Optional<Destroys> direct =
                Containers.of(name, rest).or(() -> postgres(name, rest)).or(() -> MigrationCommands.of(name, rest));
        return direct.isPresent() ? direct : inner(command).flatMap(CommandIdioms::of);
    }

    /** Takes off what only starts another command. */
    private static List<String> unwrapped(List<String> words) {
        List<String> left = new ArrayList<>();
        for (String word : words) {
            left.add(word.strip());
        }
        while (!left.isEmpty()
                && (left.get(0).isEmpty()
                        || WITH_OPTIONS.contains(left.get(0))
                        || left.get(0).matches("[A-Za-z_]\\w*=.*")
                        || left.get(0).equals("--"))) {
            boolean wrapper = WITH_OPTIONS.contains(left.remove(0));
            while (wrapper
                    && !left.isEmpty()
                    && (left.get(0).startsWith("-") || left.get(0).matches("\\d+[smh]?"))) {
                left.remove(0);
            }
        }
        return left;
    }

    /** The command that a runner is given: {@code docker compose exec db psql …}, {@code npx prisma …}. */
    private static Optional<List<String>> inner(List<String> command) {
        String name = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
        boolean interpreter = name.matches("python[\\d.]*|php|node|ts-node|tsx|ruby|dotnet|java");
        if (!interpreter && !RUNNERS.contains(name) && !RUNNERS.contains(command.get(0))) {
            return Optional.empty();
        }
        for (int i = 1; i < command.size(); i++) {
            String word = command.get(i);
            String base = word.substring(word.lastIndexOf('/') + 1);
            boolean script =
                    i + 1 < command.size() && Set.of("-c", "-lc", "-ec").contains(word) && !interpreter;
            if (script) {
                return Optional.of(List.of(command.get(i + 1).strip().split("\\s+", -1)));
            }
            if (TOOLS.contains(base) || base.matches("db:[\\w:]+|ecto\\.\\w+|migrate:[\\w:]+|pg:\\w+|schema:\\w+")) {
                List<String> found = new ArrayList<>(command.subList(i, command.size()));
                found.set(0, base);
                return Optional.of(found);
            }
            if (word.contains(" ") && TOOLS.stream().anyMatch(word::contains)) {
                return Optional.of(List.of(word.strip().split("\\s+", -1)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Destroys> postgres(String name, List<String> rest) {
        String line = name + " " + String.join(" ", rest);
        switch (name) {
            case "dropdb" -> {
                return found(StatementKind.DROP_DATABASE, database(rest), "dropdb");
            }
            case "pg_restore" -> {
                boolean clean = rest.contains("--clean")
                        || rest.stream().anyMatch(w -> w.matches("-[a-zA-Z]*c[a-zA-Z]*") && !w.startsWith("--"));
                return clean
                        ? found(
                                StatementKind.DROP_TABLE,
                                IdiomNotes.unnamed("every object of the dump"),
                                "pg_restore --clean")
                        : Optional.empty();
            }
            case "pg_dropcluster" -> {
                return found(StatementKind.DROP_CLUSTER, IdiomNotes.unnamed("the cluster"), "pg_dropcluster");
            }
            case "rm" -> {
                boolean recursive = rest.stream().anyMatch(w -> w.matches("-[a-zA-Z]*[rR][a-zA-Z]*|--recursive"));
                return recursive
                                && rest.stream()
                                        .anyMatch(w -> CLUSTER.matcher(w).matches())
                        ? found(
                                StatementKind.DROP_CLUSTER,
                                IdiomNotes.unnamed("the data directory"),
                                "rm -r of the data directory")
                        : Optional.empty();
            }
            default -> {
                boolean dataset = line.contains("--skip-final-snapshot")
                        || line.contains("delete-db-instance")
                        || line.contains("delete-db-cluster");
                return dataset
                        ? found(
                                StatementKind.DROP_CLUSTER,
                                IdiomNotes.unnamed("the instance"),
                                "aws rds delete-db-instance")
                        : Optional.empty();
            }
        }
    }

    /** The database is the word that is no option and no value of one. */
    private static SqlObject database(List<String> rest) {
        SqlObject found = IdiomNotes.unnamed("the database at hand");
        boolean value = false;
        for (String word : rest) {
            if (word.startsWith("-")) {
                value = Set.of("-h", "-p", "-U", "--host", "--port", "--username", "--maintenance-db")
                        .contains(word);
            } else if (value) {
                value = false;
            } else {
                found = VARIABLE.matcher(word).find()
                        ? IdiomNotes.unnamed(word.replaceAll("[${}\"]", ""))
                        : new SqlObject(Optional.empty(), word, false);
            }
        }
        return found;
    }

    static Optional<Destroys> found(StatementKind kind, SqlObject object, String line) {
        return Optional.of(new Destroys(kind, object, line));
    }

    static Optional<Destroys> found(StatementKind kind, String what, String line) {
        return found(kind, IdiomNotes.unnamed(what), line);
    }

    static String lower(List<String> words) {
        return String.join(" ", words).toLowerCase(Locale.ROOT);
    }
}
