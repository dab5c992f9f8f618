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

/** ActiveRecord, its tasks, Sequel and DatabaseCleaner. */
final class RubyIdioms implements Idiom {

    private static final Set<String> FILTERS = Set.of(
            "where",
            "find",
            "find_by",
            "joins",
            "limit",
            "first",
            "last",
            "older_than",
            "find_or_create_by",
            "not",
            "having",
            "exclude",
            "filter",
            "left_joins",
            "expired",
            "stale",
            "take");
    private static final Set<String> SCHEMA = Set.of("connection", "base", "");

    @Override
    public void look(Call call, IdiomNotes notes) {
        switch (call.name()) {
            case "delete_all", "destroy_all", "destroy_by", "delete_by" -> delete(call, notes);
            case "truncate" -> truncate(call, notes);
            case "truncate_tables", "truncate_all" ->
                notes.hit(StatementKind.TRUNCATE, call, objects(call, "every table"), WhereShape.NOT_APPLICABLE, false);
            case "clean_with", "clean" -> clean(call, notes);
            case "drop_table", "drop_tables" -> dropTable(call, notes);
            case "drop_join_table" -> notes.hit(StatementKind.DROP_TABLE, call, IdiomNotes.unnamed("join table"));
            case "remove_column",
                    "remove_columns",
                    "remove_reference",
                    "remove_belongs_to",
                    "drop_column",
                    "remove_timestamps" -> column(call, notes);
            case "remove" -> {
                if (call.receiver().equals("t")) {
                    column(call, notes);
                }
            }
            case "drop_schema" ->
                notes.hit(
                        StatementKind.DROP_SCHEMA,
                        call,
                        IdiomNotes.table(call.link().argument(0)));
            case "drop_database" ->
                notes.hit(
                        StatementKind.DROP_DATABASE,
                        call,
                        IdiomNotes.table(call.link().argument(0)));
            case "disable_extension" ->
                notes.hit(
                        StatementKind.DROP_EXTENSION,
                        call,
                        IdiomNotes.table(call.link().argument(0)));
            case "drop_enum" ->
                notes.hit(
                        StatementKind.DROP_TYPE,
                        call,
                        IdiomNotes.table(call.link().argument(0)));
            case "change_column" ->
                notes.hit(
                        StatementKind.ALTER_TYPE,
                        call,
                        IdiomNotes.table(call.link().argument(0)));
            case "drop", "purge", "drop_current", "purge_current", "drop_all" -> {
                if (call.receiver().contains("DatabaseTasks")) {
                    notes.hit(StatementKind.DROP_DATABASE, call, IdiomNotes.unnamed("the database of the environment"));
                }
            }
            case "delete" -> dataset(call, notes);
            case "invoke", "execute" -> task(call, notes);
            default -> {}
        }
    }

    private static List<SqlObject> objects(Call call, String otherwise) {
        List<SqlObject> named = call.arguments().stream()
                .filter(a -> a.name().isEmpty())
                .map(a -> IdiomNotes.table(Optional.of(a)))
                .toList();
        return named.isEmpty() ? List.of(IdiomNotes.unnamed(otherwise)) : named;
    }

    private static void delete(Call call, IdiomNotes notes) {
        boolean by = call.name().endsWith("_by");
        boolean filtered = by
                || notes.chainHas(call, FILTERS)
                || call.receivers().stream()
                        .anyMatch(l -> l.called() && !l.arguments().isEmpty());
        String root = call.root();
        boolean type = !root.isEmpty() && Character.isUpperCase(root.charAt(0));
        boolean association = !type && call.chain().size() > 1;
        SqlObject object = type
                ? notes.model(model(call))
                : IdiomNotes.unnamed(call.receiver().isEmpty() ? "?" : call.receiver());
        if (type || association) {
            notes.hit(
                    StatementKind.DELETE,
                    call,
                    object,
                    filtered || association ? WhereShape.FILTERED : WhereShape.NONE);
        }
    }

    /** The last name with a capital letter: {@code Shop::Order.where(…).delete_all}. */
    private static String model(Call call) {
        String model = call.root();
        for (Link link : call.receivers()) {
            model = !link.name().isEmpty() && Character.isUpperCase(link.name().charAt(0)) ? link.name() : model;
        }
        return model;
    }

    private static void truncate(Call call, IdiomNotes notes) {
        Optional<Link> dataset = call.chain().stream()
                .filter(l -> l.called() && (l.name().equals("from") || l.name().equals("DB")))
                .findFirst();
        if (call.receiver().equals("connection") || call.receiver().equals("base")) {
            notes.hit(StatementKind.TRUNCATE, call, objects(call, "?"), WhereShape.NOT_APPLICABLE, false);
        } else if (dataset.isPresent()) {
            notes.hit(
                    StatementKind.TRUNCATE, call, IdiomNotes.table(dataset.get().argument(0)));
        }
    }

    private static void clean(Call call, IdiomNotes notes) {
        if (call.receiver().equals("DatabaseCleaner")) {
            boolean truncation = call.name().equals("clean")
                    || call.arguments().stream().anyMatch(a -> a.value().equals("truncation"));
            notes.hit(
                    truncation ? StatementKind.TRUNCATE : StatementKind.DELETE,
                    call,
                    List.of(IdiomNotes.unnamed("every table")),
                    truncation ? WhereShape.NOT_APPLICABLE : WhereShape.NONE,
                    false);
        }
    }

    private static void dropTable(Call call, IdiomNotes notes) {
        boolean cascade = call.link()
                .named("force")
                .filter(a -> a.value().equals("cascade"))
                .isPresent();
        notes.hit(StatementKind.DROP_TABLE, call, objects(call, "?"), WhereShape.NOT_APPLICABLE, cascade);
    }

    private static void column(Call call, IdiomNotes notes) {
        Optional<Argument> table = call.receiver().equals("t")
                ? notes.around(call, Set.of("change_table"))
                        .flatMap(c -> c.link().argument(0))
                : call.link().argument(0);
        notes.hit(StatementKind.DROP_COLUMN, call, IdiomNotes.table(table));
    }

    /** Sequel: {@code DB[:users].delete}, {@code DB.from(:users).delete}. */
    private static void dataset(Call call, IdiomNotes notes) {
        Optional<Link> from = call.receiver("from").filter(Link::called);
        if (from.isPresent() && SCHEMA.contains(call.root().equals("DB") ? "" : call.root())) {
            notes.hit(
                    StatementKind.DELETE,
                    call,
                    IdiomNotes.table(from.get().argument(0)),
                    notes.chainHas(call, FILTERS) ? WhereShape.FILTERED : WhereShape.NONE);
        }
    }

    /** {@code Rake::Task['db:reset'].invoke}. */
    private static void task(Call call, IdiomNotes notes) {
        int from = Math.max(0, call.start());
        String text = notes.source().substring(from, Math.min(notes.source().length(), Math.max(from, call.end())));
        if (text.startsWith("Rake")
                && text.matches(
                        "(?s)Rake::Task\\[['\"]db:(?:drop|reset|purge|schema:load|migrate:reset|truncate_all)[\\w:]*['\"]].*")) {
            notes.hit(StatementKind.DROP_DATABASE, call, IdiomNotes.unnamed("the database of the environment"));
        }
    }
}
