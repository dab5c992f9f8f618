package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Link;
import io.github.rowsleuth.probe.Acquittal;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** GORM, ent, bun, goose and golang-migrate as libraries. */
final class GoIdioms implements Idiom {

    private static final Pattern ALWAYS = Pattern.compile("[\"`]\\s*(?:1\\s*=\\s*1|true)\\s*[\"`]");

    @Override
    public void look(Call call, IdiomNotes notes) {
        String source = notes.source();
        boolean migrate = source.contains("golang-migrate") || source.contains("mattes/migrate");
        switch (call.name()) {
            case "Delete" -> delete(call, notes);
            case "DropTable" ->
                call.arguments().forEach(a -> notes.hit(StatementKind.DROP_TABLE, call, notes.model(Optional.of(a))));
            case "DropColumn" ->
                notes.hit(
                        StatementKind.DROP_COLUMN, call, notes.model(call.link().argument(0)));
            case "WithDropColumn" -> {
                if (call.link()
                        .argument(0)
                        .filter(a -> a.source().equals("true"))
                        .isPresent()) {
                    notes.hit(
                            StatementKind.DROP_COLUMN,
                            call,
                            IdiomNotes.unnamed("columns that the schema of ent lacks"));
                }
            }
            case "Drop" -> {
                if (migrate) {
                    notes.hit(StatementKind.DROP_SCHEMA, call, IdiomNotes.unnamed("every object of the database"));
                }
            }
            case "Down", "Reset", "DownTo", "DownContext" -> {
                if (migrate || call.receiver().equals("goose")) {
                    notes.hit(
                            StatementKind.DROP_TABLE,
                            call,
                            IdiomNotes.unnamed("what the rollback of migrations drops"));
                }
            }
            case "NewDropTable", "NewTruncateTable" -> {
                Optional<Link> model = notes.whole(call)
                        .receiver("Model")
                        .or(() -> notes.whole(call).receiver("Table"));
                notes.hit(
                        call.name().equals("NewDropTable") ? StatementKind.DROP_TABLE : StatementKind.TRUNCATE,
                        call,
                        notes.model(model.flatMap(l -> l.argument(0))));
            }
            case "Remove", "RemoveAll" -> notes.acquit(Acquittal.Reason.NO_DATABASE, call);
            default -> {}
        }
    }

    private static void delete(Call call, IdiomNotes notes) {
        Optional<Argument> first = call.link().argument(0);
        boolean gorm = notes.source().contains("gorm") || notes.source().contains("AllowGlobalUpdate");
        boolean ent = call.arguments().isEmpty()
                && call.chain().size() > 2
                && notes.source().contains("/ent");
        if (gorm && first.isPresent() && first.get().literal().isEmpty()) {
            Optional<Link> where = call.receiver("Where");
            boolean all = where.flatMap(l -> l.argument(0))
                    .filter(a -> ALWAYS.matcher(a.source()).matches())
                    .isPresent();
            boolean filtered = where.isPresent()
                    || call.arguments().size() > 1
                    || (first.get().source().startsWith("&")
                            && !first.get().source().endsWith("}"));
            String type =
                    first.get().source().replaceAll("^&?(?:\\[])?\\*?", "").replaceAll("\\{.*$", "");
            notes.hit(
                    StatementKind.DELETE,
                    call,
                    notes.model(type),
                    all ? WhereShape.ALWAYS_TRUE : filtered ? WhereShape.FILTERED : WhereShape.NONE);
        } else if (ent) {
            boolean filtered = notes.chainHas(call, List.of("Where"));
            notes.hit(
                    StatementKind.DELETE,
                    call,
                    notes.model(call.receiver()),
                    filtered ? WhereShape.FILTERED : WhereShape.NONE);
        } else {
            notes.acquit(Acquittal.Reason.NO_DATABASE, call);
        }
    }
}
