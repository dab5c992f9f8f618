package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.Set;

/** Diesel and SeaORM. */
final class RustIdioms implements Idiom {

    @Override
    public void look(Call call, IdiomNotes notes) {
        String source = notes.source();
        if (!source.contains("diesel") && !source.contains("sea_orm") && !source.contains("sea_query")) {
            return;
        }
        boolean filtered = notes.chainHas(call, Set.of("filter", "find"))
                || call.arguments().stream().anyMatch(a -> a.source().contains(".filter("));
        WhereShape where = filtered ? WhereShape.FILTERED : WhereShape.NONE;
        switch (call.name()) {
            case "delete" -> {
                if (call.receiver().equals("diesel")) {
                    String table = call.arguments().isEmpty()
                            ? "?"
                            : call.arguments().get(0).source().replaceAll("(?:::table)?(?:\\.filter.*)?$", "");
                    String name = table.substring(table.lastIndexOf(':') + 1);
                    notes.hit(
                            StatementKind.DELETE,
                            call,
                            name.matches("\\w+") ? IdiomNotes.table(name) : IdiomNotes.unnamed(table),
                            where);
                }
            }
            case "delete_many" -> notes.hit(StatementKind.DELETE, call, notes.model(call.root()), where);
            case "drop_table" ->
                notes.hit(
                        StatementKind.DROP_TABLE,
                        call,
                        IdiomNotes.unnamed(
                                call.arguments().isEmpty()
                                        ? "?"
                                        : call.arguments().get(0).source()));
            case "reset", "fresh", "refresh" -> {
                if (call.receiver().equals("Migrator")) {
                    notes.hit(StatementKind.DROP_TABLE, call, IdiomNotes.unnamed("every table"));
                }
            }
            default -> {}
        }
    }
}
