package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.git.code.Program;
import io.github.rowsleuth.probe.CodeStatement.Reach;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings within code that make an application destructive when it starts. */
final class SettingsInCode {

    private static final Pattern SETTING =
            Pattern.compile("\\b(synchronize|dropSchema)[\"']?\\s*:\\s*([^,}\\n]{1,200})");
    private static final Pattern HIBERNATE = Pattern.compile(
            "[\"'](?:spring\\.jpa\\.hibernate\\.ddl-auto|hibernate\\.hbm2ddl\\.auto|(?:jakarta|javax)\\.persistence\\.schema-generation\\.database\\.action)[\"']\\s*[,:=]\\s*[\"'](create(?:-drop|-only)?|drop(?:-and-create)?)[\"']");

    private SettingsInCode() {}

    static void look(Program program, List<Hit> into) {
        String source = program.source();
        boolean set = source.contains("synchronize") || source.contains("dropSchema");
        if (set && (source.contains("typeorm") || source.contains("TypeOrm") || source.contains("DataSource"))) {
            Matcher setting = SETTING.matcher(source);
            Lines lines = new Lines(source);
            World world = new World(program);
            while (setting.find()) {
                if (world.value(setting.group(2).strip()).holds()) {
                    boolean drops = setting.group(1).equals("dropSchema");
                    String what =
                            drops ? "every table of the data source" : "columns and tables that the entities lack";
                    into.add(hit(
                            drops ? StatementKind.DROP_SCHEMA : StatementKind.DROP_COLUMN,
                            what,
                            setting.group(),
                            lines.of(setting.start()),
                            program,
                            setting.start()));
                }
            }
        }
        if (!source.contains("hbm2ddl") && !source.contains("ddl-auto") && !source.contains("schema-generation")) {
            return;
        }
        Matcher hibernate = HIBERNATE.matcher(source);
        Lines lines = new Lines(source);
        while (hibernate.find()) {
            into.add(hit(
                    StatementKind.DROP_TABLE,
                    "every table of the entities",
                    hibernate.group(),
                    lines.of(hibernate.start()),
                    program,
                    hibernate.start()));
        }
    }

    private static Hit hit(StatementKind kind, String what, String text, int line, Program program, int start) {
        DestructiveStatement statement = new DestructiveStatement(
                kind, List.of(IdiomNotes.unnamed(what)), false, WhereShape.NOT_APPLICABLE, false, start, line);
        return new Hit(
                statement, line, Excerpt.ofHarmless(text.strip()), Reach.EXECUTED, program.file(), start, List.of());
    }
}
