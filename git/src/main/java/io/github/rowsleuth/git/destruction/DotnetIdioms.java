package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.Optional;
import java.util.Set;

/** Entity Framework Core. */
final class DotnetIdioms implements Idiom {

    private static final Set<String> FILTERS = Set.of("Where", "Take", "First", "Single");

    @Override
    public void look(Call call, IdiomNotes notes) {
        switch (call.name()) {
            case "EnsureDeleted", "EnsureDeletedAsync" ->
                notes.hit(StatementKind.DROP_DATABASE, call, IdiomNotes.unnamed("the database of the context"));
            case "ExecuteDelete", "ExecuteDeleteAsync" -> {
                boolean filtered = notes.chainHas(call, FILTERS);
                String set = call.chain().size() > 2 ? call.chain().get(1).name() : call.root();
                notes.hit(
                        StatementKind.DELETE, call, notes.model(set), filtered ? WhereShape.FILTERED : WhereShape.NONE);
            }
            case "RemoveRange" -> {
                Optional<Argument> what = call.link().argument(0);
                boolean all = what.filter(a -> a.source().matches("_?\\w+\\.[A-Z]\\w*"))
                        .isPresent();
                SqlObject object =
                        all ? notes.model(what.map(Argument::source).orElse("?")) : IdiomNotes.unnamed(call.receiver());
                notes.hit(StatementKind.DELETE, call, object, all ? WhereShape.NONE : WhereShape.FILTERED);
            }
            case "DropTable" -> notes.hit(StatementKind.DROP_TABLE, call, table(call, "name"));
            case "DropColumn" -> notes.hit(StatementKind.DROP_COLUMN, call, table(call, "table"));
            case "DropSchema" -> notes.hit(StatementKind.DROP_SCHEMA, call, table(call, "name"));
            case "AlterColumn" -> {
                if (call.root().equals("migrationBuilder")) {
                    notes.hit(StatementKind.ALTER_TYPE, call, table(call, "table"));
                }
            }
            case "DeleteData" -> notes.hit(StatementKind.DELETE, call, table(call, "table"), WhereShape.FILTERED);
            default -> {}
        }
    }

    private static SqlObject table(Call call, String name) {
        Optional<String> schema = call.link().named("schema").flatMap(Argument::literal);
        Optional<Argument> table = call.link().named(name).or(() -> call.link().argument(name.equals("table") ? 1 : 0));
        return table.flatMap(Argument::literal)
                .map(t -> new SqlObject(schema, t, false))
                .orElseGet(() -> IdiomNotes.table(table));
    }
}
