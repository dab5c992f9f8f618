package io.github.rowsleuth.git;

import io.github.rowsleuth.probe.CodeStatement;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Migrations that are plain SQL files, told by the names of their files. */
final class SqlMigrations {

    private static final Pattern TIMESTAMP = Pattern.compile("(\\d{14}).*");
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    /** One direction of a migration may come before the other: they are paired by folder and version. */
    private final Map<String, FoundMigration> found = new TreeMap<>();

    void add(String tool, StoredFile file, String text) {
        List<CodeStatement> statements = StatementFinder.inSql(text, 1);
        Matcher flyway = MigrationFiles.FLYWAY.matcher(file.name());
        Matcher upDown = MigrationFiles.UP_DOWN.matcher(file.name());
        if (tool.equals("flyway") && flyway.matches()) {
            String version = Optional.ofNullable(flyway.group(2)).orElse(flyway.group(3));
            add(tool, version, file, statements, flyway.group(1).equals("U"));
        } else if (upDown.matches()) {
            add(tool, upDown.group(1), file, statements, upDown.group(2).equals("down"));
        } else {
            add(tool, file.parentName(), file, statements, false);
        }
    }

    private void add(String tool, String revision, StoredFile file, List<CodeStatement> statements, boolean down) {
        List<CodeStatement> up = down ? List.of() : statements;
        List<CodeStatement> back = down ? statements : List.of();
        FoundMigration half = new FoundMigration(tool, revision, file, List.of(), up, back, declared(revision));
        found.merge(file.folder() + revision, half, SqlMigrations::paired);
    }

    private static FoundMigration paired(FoundMigration one, FoundMigration other) {
        List<CodeStatement> up = new ArrayList<>(one.up());
        up.addAll(other.up());
        List<CodeStatement> down = new ArrayList<>(one.down());
        down.addAll(other.down());
        StoredFile file = one.file().name().startsWith("U") || one.file().name().endsWith(".down.sql")
                ? other.file()
                : one.file();
        return new FoundMigration(one.tool(), one.revision(), file, List.of(), up, down, one.declared());
    }

    private static Optional<Instant> declared(String revision) {
        Matcher matcher = TIMESTAMP.matcher(revision);
        try {
            return matcher.matches()
                    ? Optional.of(LocalDateTime.parse(matcher.group(1), COMPACT).toInstant(ZoneOffset.UTC))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    List<FoundMigration> all() {
        return List.copyOf(found.values());
    }
}
