package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.destruction.ModelNames;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.CodeStatement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads migrations that are programs with one function for each direction. */
final class CodeReader {

    private static final Pattern TYPEORM_NAME = Pattern.compile("(\\d{13})");

    private CodeReader() {}

    static FoundMigration read(String tool, StoredFile file, Language language, String text, ModelNames models) {
        Directions directions = new Directions(language, text, models);
        List<CodeStatement> up = directions.from("up", "Up", "safeUp");
        List<CodeStatement> down = directions.from("down", "Down", "safeDown");
        return FoundMigration.of(
                tool, revision(tool, file), file, Rewrites.weighed(up, text), Rewrites.weighed(down, text));
    }

    private static String revision(String tool, StoredFile file) {
        String name = file.name().replaceAll("\\.\\w+$", "");
        Matcher number = TYPEORM_NAME.matcher(name);
        return tool.equals("typeorm") && number.find() ? number.group(1) : name;
    }

    /** A migration of Flyway in Java goes up only. */
    static FoundMigration flyway(StoredFile file, String version, String text, ModelNames models) {
        Directions directions = new Directions(Language.JAVA, text, models);
        return FoundMigration.of("flyway", version, file, directions.where(p -> true), List.of());
    }

    /** {@code goose.AddMigration(up, down)}: the functions are told by where they stand in the call. */
    static FoundMigration goose(StoredFile file, String version, String text, ModelNames models) {
        Directions directions = new Directions(Language.GO, text, models);
        String up = "up";
        String down = "down";
        for (Call call : directions.statements().program().calls()) {
            if (call.name().startsWith("AddMigration") || call.name().startsWith("AddNamedMigration")) {
                int first = call.name().contains("Named") ? 1 : 0;
                up = call.link().argument(first).map(Argument::source).orElse(up);
                down = call.link().argument(first + 1).map(Argument::source).orElse(down);
            }
        }
        return FoundMigration.of("goose", version, file, directions.from(up), directions.from(down));
    }
}
