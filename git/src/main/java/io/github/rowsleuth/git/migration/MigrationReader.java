package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.destruction.FileRoles;
import io.github.rowsleuth.git.destruction.ModelNames;
import io.github.rowsleuth.git.store.ShelvedNames;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.CodeStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the migrations of a commit, file by file, and puts together what belongs together. */
public final class MigrationReader {

    private static final Pattern ENTRY = Pattern.compile(
            "\"idx\"\\s*:\\s*(\\d+)[^{}]*?\"when\"\\s*:\\s*(\\d{10,14})[^{}]*?\"tag\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern BACKWARDS =
            Pattern.compile("(?i).*[._-](?:down|undo|rollback|revert)\\b.*|(?:down|undo|rollback|revert)[._-].*");

    private final MigrationLayouts layouts;
    private final ModelNames models;
    private final Function<String, Optional<String>> texts;
    private final List<FoundMigration> found = new ArrayList<>();
    /** One direction of a migration may come before the other: they are paired by folder and version. */
    private final Map<String, FoundMigration> paired = new TreeMap<>();

    private final DjangoReader django = new DjangoReader();
    private final Map<StoredFile, String> djangoFiles = new HashMap<>();
    private final LiquibaseReader liquibase = new LiquibaseReader();
    private boolean anyLiquibase;

    /**
     * Makes one.
     *
     * @param layouts where migrations stand in this commit
     * @param models the tables of model classes
     * @param texts reads a file of the commit by its path
     */
    public MigrationReader(MigrationLayouts layouts, ModelNames models, Function<String, Optional<String>> texts) {
        this.layouts = layouts;
        this.models = models;
        this.texts = texts;
    }

    /**
     * Reads a file.
     *
     * @param tool the tool whose migration it is
     * @param file the file
     * @param text what it holds
     */
    public void add(String tool, StoredFile file, String text) {
        String name = ShelvedNames.inUse(file.name());
        String stem = name.replaceAll("\\.\\w+$", "");
        switch (tool) {
            case "alembic" -> single(AlembicReader.read(file, text, models), file);
            case "django" -> {
                django.prepare(file, text);
                djangoFiles.put(file, text);
            }
            case "liquibase" -> {
                liquibase.add(file, text);
                anyLiquibase = true;
            }
            case "rails" -> single(RubyMigrationReader.rails().read(file, text, models), file);
            case "ecto" -> single(RubyMigrationReader.ecto().read(file, text, models), file);
            case "flyway" -> flyway(file, name, text);
            case "goose", "dbmate", "sql-migrate" ->
                single(
                        name.endsWith(".go")
                                ? CodeReader.goose(file, stem.replaceAll("_.*", ""), text, models)
                                : SqlReader.marked(tool, stem.replaceAll("_.*", ""), file, text),
                        file);
            case "typeorm", "sequelize", "knex", "kysely", "node-pg-migrate", "mikro-orm" ->
                single(CodeReader.read(tool, file, Language.TYPESCRIPT, text, models), file);
            case "laravel", "doctrine" -> single(CodeReader.read(tool, file, Language.PHP, text, models), file);
            case "efcore" -> single(CodeReader.read(tool, file, Language.CSHARP, text, models), file);
            case "drizzle" -> drizzle(file, stem, text);
            case "prisma", "diesel" -> pair(tool, file.parentName(), file, text, name.startsWith("down"));
            case "golang-migrate" -> upDown(file, name, text);
            default -> plain(tool, file, stem, text);
        }
    }

    /** A file that was put out of use, a copy elsewhere, or one of tests is none that the tool would load. */
    private static boolean loads(StoredFile file) {
        boolean copy =
                file.path().matches("(?i)(?:.*/)?\\w*(?:backup|_old|old_|archive|_bak|disabled|deprecated)\\w*/.*");
        return ShelvedNames.inUse(file.name()).equals(file.name())
                && !ShelvedNames.shelved(file.path())
                && !copy
                && !FileRoles.test(file.path());
    }

    private void single(FoundMigration migration, StoredFile file) {
        found.add(migration.loadedIf(loads(file)));
    }

    private void flyway(StoredFile file, String name, String text) {
        Matcher matcher = MigrationLayouts.FLYWAY.matcher(name);
        if (!matcher.matches()) {
            return;
        }
        String version = Optional.ofNullable(matcher.group(2))
                .map(v -> v.replace('_', '.'))
                .orElse(matcher.group(3));
        if (name.endsWith(".sql")) {
            pair("flyway", version, file, text, matcher.group(1).equals("U"));
        } else {
            single(CodeReader.flyway(file, version, text, models), file);
        }
    }

    private void upDown(StoredFile file, String name, String text) {
        Matcher matcher = MigrationLayouts.UP_DOWN.matcher(name);
        if (matcher.matches()) {
            boolean down = matcher.group(2).equals("down") || matcher.group(2).equals("undo");
            pair("golang-migrate", matcher.group(1), file, text, down);
        }
    }

    private void plain(String tool, StoredFile file, String stem, String text) {
        boolean folder = file.parentName().matches("(?i)rollbacks?|down|undo|revert|reverse|migrations?_rollbacks?");
        boolean down = folder || BACKWARDS.matcher(stem).matches();
        pair(tool, stem, file, text, down);
    }

    private void pair(String tool, String revision, StoredFile file, String text, boolean down) {
        List<CodeStatement> statements = SqlReader.statements(text);
        FoundMigration half = FoundMigration.of(
                        tool, revision, file, down ? List.of() : statements, down ? statements : List.of())
                .loadedIf(loads(file));
        String folder = down
                ? file.folder()
                        .replaceAll("(?i)(?<![^/])(?:rollbacks?|down|undo|revert|reverse)/$", "")
                        .replaceAll("_rollbacks?/$", "/")
                : file.folder();
        paired.merge(tool + folder + revision, half, (a, b) -> both(a, b, down));
    }

    private static FoundMigration both(FoundMigration one, FoundMigration other, boolean otherIsDown) {
        StoredFile file = otherIsDown ? one.file() : other.file();
        List<CodeStatement> up = new ArrayList<>(one.up());
        up.addAll(other.up());
        List<CodeStatement> down = new ArrayList<>(one.down());
        down.addAll(other.down());
        return new FoundMigration(
                one.tool(),
                one.revision(),
                file,
                List.of(),
                up,
                down,
                one.declared(),
                one.loaded() || other.loaded(),
                -1);
    }

    private void drizzle(StoredFile file, String tag, String text) {
        String journal = layouts.journal(file.folder()).flatMap(texts).orElse("");
        Matcher entries = ENTRY.matcher(journal);
        FoundMigration migration = FoundMigration.of("drizzle", tag, file, SqlReader.statements(text), List.of())
                .loadedIf(false);
        while (entries.find()) {
            if (entries.group(3).equals(tag)) {
                migration = migration
                        .loadedIf(loads(file))
                        .at(Integer.parseInt(entries.group(1)))
                        .dated(Optional.of(Instant.ofEpochMilli(Long.parseLong(entries.group(2)))));
            }
        }
        found.add(migration);
    }

    /** {@return the migrations, in the order in which they are applied} */
    public List<FoundMigration> all() {
        List<FoundMigration> all = new ArrayList<>(found);
        all.addAll(paired.values());
        djangoFiles.forEach(
                (file, text) -> all.add(django.read(file, text, models).loadedIf(loads(file))));
        if (anyLiquibase) {
            liquibase.all(texts).forEach(m -> all.add(m.loaded() ? m.loadedIf(loads(m.file())) : m));
        }
        return MigrationOrder.of(all);
    }
}
