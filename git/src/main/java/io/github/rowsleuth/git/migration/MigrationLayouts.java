package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.git.destruction.FileRoles;
import io.github.rowsleuth.git.store.ShelvedNames;
import io.github.rowsleuth.git.store.StoredFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells the files of migrations from other files, by where they stand and what they hold. */
public final class MigrationLayouts {

    /** Words of which every migration that is a program holds one, in small letters. */
    public static final List<String> MARKS = List.of(
            "def upgrade(",
            "class migration(",
            "activerecord::migration",
            "use ecto.migration",
            "queryinterface",
            "knex",
            "migrationinterface",
            "pgm.",
            "kysely",
            "extends migration",
            "abstractmigration",
            ": migration",
            "addmigration",
            "addnamedmigration",
            "javamigration",
            "databasechangelog",
            "+goose",
            "migrate:up",
            "+migrate",
            "liquibase formatted");

    static final Pattern FLYWAY = Pattern.compile("([VURB])([0-9][0-9._]*)?__(.*)\\.(?:sql|java|kt)");
    static final Pattern UP_DOWN = Pattern.compile("(.+?)[._](up|down|undo|do)\\.sql");
    private static final Pattern FOLDER = Pattern.compile(
            "(?i)(?:^|/)(?:migrations?|migrate|upgrades?|updates?|changes?|schema[_-]changes|patches|deltas?|evolutions|changesets?|versions?)/(?:[^/]+/)?[^/]+$");
    private static final Pattern NUMBERED = Pattern.compile("(?i)(?:v|r)?\\d+[._-].*\\.sql|\\d{8,14}.*\\.sql");

    private static final Pattern CHANGE_LOG =
            Pattern.compile("(?i).*(?:change|liquibase|migrat|schema|database|\\bdb\\b).*\\.(?:xml|ya?ml|json)");

    private final Map<String, Integer> numbered = new HashMap<>();
    private final Map<String, String> journals = new HashMap<>();
    private final Set<String> prisma = new HashSet<>();

    /**
     * Makes one for the files of a commit.
     *
     * @param files the files
     */
    public MigrationLayouts(Collection<StoredFile> files) {
        for (StoredFile file : files) {
            if (file.path().endsWith("meta/_journal.json")) {
                journals.put(
                        file.path().substring(0, file.path().length() - "meta/_journal.json".length()), file.path());
            }
            if (file.name().equals("migration.sql")) {
                prisma.add(file.folder());
            }
            if (FOLDER.matcher(file.path()).find()
                    && NUMBERED.matcher(file.name()).matches()) {
                numbered.merge(file.folder(), 1, Integer::sum);
            }
        }
    }

    /**
     * {@return whether a file of that path may be a change log of Liquibase in XML, YAML or JSON}
     *
     * @param path the path, with slashes
     */
    public static boolean mayBeChangeLog(String path) {
        return CHANGE_LOG.matcher(path).matches();
    }

    /** The journal of Drizzle that lists the migrations of a folder. */
    Optional<String> journal(String folder) {
        return Optional.ofNullable(journals.get(folder));
    }

    /**
     * {@return the tool whose migration a file of SQL is by its path alone}
     *
     * @param file the file
     */
    public Optional<String> byPath(StoredFile file) {
        String name = ShelvedNames.inUse(file.name());
        String path = file.path();
        if (!name.endsWith(".sql")) {
            return Optional.empty();
        }
        if (FLYWAY.matcher(name).matches()) {
            return Optional.of("flyway");
        }
        boolean both = name.equals("migration.sql") || (name.equals("down.sql") && prisma.contains(file.folder()));
        if (both && path.matches("(?:.*/)?\\w*migrations\\w*/[^/]+/[^/]+")) {
            return Optional.of("prisma");
        }
        if ((name.equals("down.sql") && path.matches("(?:.*/)?migrations/[^/]+/down\\.sql"))
                || (name.equals("up.sql") && path.matches("(?:.*/)?migrations/[^/]+/up\\.sql"))) {
            return Optional.of("diesel");
        }
        if (path.matches("(?:.*/)?supabase/migrations\\w*/[^/]+\\.sql")) {
            return Optional.of("supabase");
        }
        if (journals.containsKey(file.folder())) {
            return Optional.of("drizzle");
        }
        if (UP_DOWN.matcher(name).matches()) {
            return Optional.of("golang-migrate");
        }
        boolean folder = numbered.getOrDefault(file.folder(), 0) > 1
                && NUMBERED.matcher(name).matches();
        boolean below = !folder && sibling(file) && NUMBERED.matcher(name).matches();
        return folder || below ? Optional.of("sql") : Optional.empty();
    }

    /** A folder for the way back below a folder of migrations. */
    private boolean sibling(StoredFile file) {
        boolean back = file.parentName().toLowerCase(Locale.ROOT).matches("rollbacks?|down|undo|revert|reverse");
        String above = file.folder().replaceAll("[^/]+/$", "");
        return back && numbered.getOrDefault(above, 0) > 0;
    }

    /**
     * {@return the tool whose migration a file is; empty for any other file}
     *
     * @param file the file
     * @param text what it holds
     */
    public Optional<String> tool(StoredFile file, String text) {
        String name = ShelvedNames.inUse(file.name()).toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return switch (extension) {
            case "sql" -> sql(file, text);
            case "py" ->
                AlembicReader.recognises(text)
                        ? Optional.of("alembic")
                        : DjangoReader.recognises(text) && file.path().contains("migrations/")
                                ? Optional.of("django")
                                : Optional.empty();
            case "rb" ->
                text.contains("ActiveRecord::Migration")
                                && text.contains("class ")
                                && !FileRoles.test(file.path())
                                && file.path().matches(".*\\d{3,}_.*|.*migrat.*")
                        ? Optional.of("rails")
                        : Optional.empty();
            case "exs", "ex" -> text.contains("use Ecto.Migration") ? Optional.of("ecto") : Optional.empty();
            case "js", "ts", "cjs", "mjs", "cts", "mts" -> script(file, text);
            case "php" ->
                text.contains("AbstractMigration")
                        ? Optional.of("doctrine")
                        : text.contains("extends Migration") ? Optional.of("laravel") : Optional.empty();
            case "cs" ->
                text.contains(": Migration") && text.contains("MigrationBuilder") && !name.endsWith(".designer.cs")
                        ? Optional.of("efcore")
                        : Optional.empty();
            case "go" ->
                text.contains("goose.Add") && text.contains("Migration") && !name.endsWith("_test.go")
                        ? Optional.of("goose")
                        : Optional.empty();
            case "java", "kt" ->
                FLYWAY.matcher(ShelvedNames.inUse(file.name())).matches() && text.contains("JavaMigration")
                        ? Optional.of("flyway")
                        : Optional.empty();
            case "xml" -> text.contains("<databaseChangeLog") ? Optional.of("liquibase") : Optional.empty();
            case "yaml", "yml", "json" ->
                text.contains("databaseChangeLog") ? Optional.of("liquibase") : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<String> sql(StoredFile file, String text) {
        if (text.contains("+goose Up") || text.contains("+goose up")) {
            return Optional.of("goose");
        }
        if (text.contains("migrate:up")) {
            return Optional.of("dbmate");
        }
        if (text.contains("+migrate Up")) {
            return Optional.of("sql-migrate");
        }
        return text.contains("liquibase formatted") && LiquibaseReader.recognises(text)
                ? Optional.of("liquibase")
                : byPath(file);
    }

    private static Optional<String> script(StoredFile file, String text) {
        boolean place = file.path().toLowerCase(Locale.ROOT).matches(".*migrat.*")
                || file.name().matches("\\d{8,}.*");
        boolean directions = text.contains("up") && (text.contains("down") || text.contains("exports"));
        if (!place || !directions || FileRoles.test(file.path())) {
            return Optional.empty();
        }
        if (text.contains("MigrationInterface")) {
            return Optional.of("typeorm");
        }
        if (text.matches("(?s).*(?:queryInterface|QueryInterface).*")) {
            return Optional.of("sequelize");
        }
        if (text.contains("pgm")) {
            return Optional.of("node-pg-migrate");
        }
        if (text.contains("ysely")) {
            return Optional.of("kysely");
        }
        if (text.contains("extends Migration")) {
            return Optional.of("mikro-orm");
        }
        boolean knex = text.matches("(?s).*\\b(?:knex|Knex)\\b.*")
                && text.matches("(?s).*(?:exports\\.up|export (?:async )?function up|up\\s*[:=(]|export const up).*");
        return knex ? Optional.of("knex") : Optional.empty();
    }
}
