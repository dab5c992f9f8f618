package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Link;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Laravel's query builder, Eloquent and schema; Doctrine's tools. */
final class PhpIdioms implements Idiom {

    private static final Set<String> FILTERS = Set.of(
            "where",
            "whereIn",
            "whereNotIn",
            "whereNull",
            "whereNotNull",
            "whereDate",
            "whereHas",
            "whereDoesntHave",
            "whereBetween",
            "find",
            "findOrFail",
            "first",
            "firstOrFail",
            "limit",
            "whereRaw",
            "orWhere",
            "onlyTrashed",
            "whereKey",
            "whereColumn");

    @Override
    public void look(Call call, IdiomNotes notes) {
        switch (call.name()) {
            case "delete", "forceDelete" -> delete(call, notes);
            case "truncate" -> truncate(call, notes);
            case "drop", "dropIfExists" -> {
                if (call.receiver().equals("Schema") || call.root().equals("Schema")) {
                    notes.hit(
                            StatementKind.DROP_TABLE,
                            call,
                            IdiomNotes.table(call.link().argument(0)));
                }
            }
            case "dropAllTables", "dropAllViews", "dropAllTypes" ->
                notes.hit(StatementKind.DROP_TABLE, call, IdiomNotes.unnamed("every table"));
            case "dropColumn",
                    "dropColumns",
                    "dropForeignIdFor",
                    "dropTimestamps",
                    "dropSoftDeletes",
                    "dropMorphs",
                    "removeColumn" -> column(call, notes);
            case "dropTable" ->
                notes.hit(
                        StatementKind.DROP_TABLE,
                        call,
                        IdiomNotes.table(call.link().argument(0)));
            case "dropSchema", "dropDatabase" ->
                notes.hit(
                        call.name().equals("dropSchema") ? StatementKind.DROP_SCHEMA : StatementKind.DROP_DATABASE,
                        call,
                        IdiomNotes.unnamed("the schema of the entity manager"));
            case "purge" -> {
                if (call.receiver().matches("(?i).*purger")) {
                    notes.hit(
                            StatementKind.DELETE,
                            call,
                            IdiomNotes.unnamed("every table of the entity manager"),
                            WhereShape.NONE);
                }
            }
            case "change" ->
                notes.around(call, Set.of("table"))
                        .filter(c -> c.root().equals("Schema"))
                        .ifPresent(table -> notes.hit(
                                StatementKind.ALTER_TYPE,
                                call,
                                IdiomNotes.table(table.link().argument(0))));
            default -> {}
        }
    }

    private static void delete(Call call, IdiomNotes notes) {
        Optional<Link> table = call.receiver("table").filter(Link::called);
        boolean type = !call.root().isEmpty()
                && Character.isUpperCase(call.root().charAt(0))
                && call.chain().size() > 2;
        WhereShape where = notes.chainHas(call, FILTERS) ? WhereShape.FILTERED : WhereShape.NONE;
        if (table.isPresent()) {
            notes.hit(StatementKind.DELETE, call, IdiomNotes.table(table.get().argument(0)), where);
        } else if (type
                && !Set.of("Storage", "Cache", "File", "Http", "Cookie", "Redis", "Session")
                        .contains(call.root())) {
            notes.hit(StatementKind.DELETE, call, notes.model(call.root()), where);
        } else {
            notes.acquit(io.github.rowsleuth.probe.Acquittal.Reason.NO_DATABASE, call);
        }
    }

    private static void truncate(Call call, IdiomNotes notes) {
        Optional<Link> table = call.receiver("table").filter(Link::called);
        boolean type = !call.root().isEmpty()
                && Character.isUpperCase(call.root().charAt(0))
                && !call.root().equals("DB")
                && !call.root().equals("Str");
        if (table.isPresent()) {
            notes.hit(StatementKind.TRUNCATE, call, IdiomNotes.table(table.get().argument(0)));
        } else if (type) {
            notes.hit(StatementKind.TRUNCATE, call, notes.model(call.root()));
        }
    }

    private static void column(Call call, IdiomNotes notes) {
        Optional<Argument> table = call.root().equals("Schema")
                ? call.link().argument(0)
                : notes.around(call, Set.of("table", "create"))
                        .flatMap(c -> c.link().argument(0));
        SqlObject object = IdiomNotes.table(table);
        notes.hit(StatementKind.DROP_COLUMN, call, List.of(object), WhereShape.NOT_APPLICABLE, false);
    }
}
