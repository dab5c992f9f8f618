package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Link;
import io.github.rowsleuth.probe.Acquittal;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** SQLAlchemy, Django, peewee, Tortoise, pandas and Spark. */
final class PythonIdioms implements Idiom {

    private static final Set<String> SESSIONS =
            Set.of("session", "db", "s", "sess", "conn", "connection", "tx", "async_session", "db_session", "database");
    private static final Set<String> FILTERS =
            Set.of("filter", "filter_by", "where", "exclude", "get", "join", "in_bulk", "limit", "first");
    private static final Pattern TYPE = Pattern.compile("(?:\\w+\\.)*[A-Z]\\w*(?:\\.__table__)?");
    private static final Pattern CLUSTER =
            Pattern.compile("(?i).*(?:pgdata|pg_data|postgres\\w*/data|var/lib/postgresql).*");

    @Override
    public void look(Call call, IdiomNotes notes) {
        switch (call.name()) {
            case "delete", "_raw_delete", "adelete" -> delete(call, notes);
            case "drop_all" ->
                notes.hit(
                        StatementKind.DROP_TABLE,
                        call,
                        IdiomNotes.unnamed(
                                "every table of " + (call.receiver().isEmpty() ? "the metadata" : call.receiver())));
            case "drop" -> drop(call, notes);
            case "drop_tables", "drop_table" -> dropTables(call, notes);
            case "drop_database", "_drop_databases" ->
                notes.hit(
                        StatementKind.DROP_DATABASE,
                        call,
                        IdiomNotes.table(call.link().argument(0)));
            case "to_sql" -> replace(call, notes);
            case "jdbc", "saveAsTable" -> overwrite(call, notes);
            case "downgrade" -> downgrade(call, notes);
            case "truncate_table", "truncate_cascade" ->
                notes.hit(
                        StatementKind.TRUNCATE,
                        call,
                        notes.model(Optional.of(
                                call.receivers().isEmpty()
                                        ? new Argument("", "?", List.of())
                                        : new Argument("", call.receiver(), List.of()))));
            case "rmtree" -> {
                if (call.arguments().stream()
                        .anyMatch(a -> CLUSTER.matcher(a.source()).matches())) {
                    notes.hit(StatementKind.DROP_CLUSTER, call, IdiomNotes.unnamed("the data directory"));
                }
            }
            case "remove", "unlink", "discard", "clear", "pop" -> notes.acquit(Acquittal.Reason.NO_DATABASE, call);
            default -> {}
        }
    }

    private static void delete(Call call, IdiomNotes notes) {
        WhereShape where = notes.chainHas(call, FILTERS) ? WhereShape.FILTERED : WhereShape.NONE;
        Optional<Link> query = call.receiver("query").filter(Link::called);
        String receiver = call.receiver();
        Optional<Argument> first = call.link().argument(0);
        if (query.isPresent()) {
            notes.hit(StatementKind.DELETE, call, notes.model(query.get().argument(0)), where);
        } else if (call.receiver("query").isPresent() && call.chain().size() > 2) {
            notes.hit(StatementKind.DELETE, call, notes.model(call.root()), where);
        } else if (manager(call).isPresent()) {
            notes.hit(StatementKind.DELETE, call, notes.model(manager(call).get()), where);
        } else if (receiver.isEmpty()
                && first.isPresent()
                && alchemy(notes)
                && (TYPE.matcher(first.get().source()).matches()
                        || first.get().source().endsWith("table"))) {
            notes.hit(StatementKind.DELETE, call, notes.model(first), where);
        } else if (receiver.equals("__table__") || receiver.equals("table") || receiver.endsWith("_table")) {
            String model = call.chain().size() > 2
                    ? call.chain().get(call.chain().size() - 3).name()
                    : receiver;
            notes.hit(StatementKind.DELETE, call, notes.model(model), where);
        } else if ((SESSIONS.contains(receiver) || receiver.endsWith("session"))
                && first.isPresent()
                && first.get().literal().isEmpty()) {
            notes.hit(
                    StatementKind.DELETE,
                    call,
                    notes.model(loopModel(first.get().source(), notes)),
                    WhereShape.FILTERED);
        } else {
            variable(call, where, notes);
        }
    }

    private static boolean alchemy(IdiomNotes notes) {
        return notes.source().contains("sqlalchemy") || notes.source().contains("sqlmodel");
    }

    /** The model whose manager is asked: {@code Order.objects.filter(…)}. */
    private static Optional<String> manager(Call call) {
        List<Link> chain = call.receivers();
        for (int i = 1; i < chain.size(); i++) {
            if (chain.get(i).name().endsWith("objects") || chain.get(i).name().equals("_default_manager")) {
                return Optional.of(chain.get(i - 1).name());
            }
        }
        return Optional.empty();
    }

    /** An element of a query that a loop runs over is told by the query. */
    private static String loopModel(String variable, IdiomNotes notes) {
        String over = notes.program().aliases().getOrDefault(variable, variable);
        String expression = notes.assigned(over).isEmpty() ? over : notes.assigned(over);
        return model(expression).orElse(variable);
    }

    private static Optional<String> model(String expression) {
        java.util.regex.Matcher query = Pattern.compile(
                        "query\\(\\s*([A-Z]\\w*)|\\b([A-Z]\\w*)\\.objects\\b|select\\(\\s*([A-Z]\\w*)|\\b([A-Z]\\w*)\\.query\\b")
                .matcher(expression);
        if (!query.find()) {
            return Optional.empty();
        }
        for (int i = 1; i <= query.groupCount(); i++) {
            if (query.group(i) != null) {
                return Optional.of(query.group(i));
            }
        }
        return Optional.empty();
    }

    /** A query that was given a name first, or an object that the file fetched. */
    private static void variable(Call call, WhereShape where, IdiomNotes notes) {
        String expression = notes.assigned(call.root());
        Optional<String> model =
                model(expression).or(() -> model(notes.program().aliases().getOrDefault(call.root(), "")));
        boolean type =
                Character.isUpperCase(call.root().isEmpty() ? 'a' : call.root().charAt(0));
        boolean orm = notes.source().contains("peewee") || notes.source().contains("tortoise");
        if (model.isPresent()) {
            boolean filtered = where == WhereShape.FILTERED
                    || expression.isEmpty()
                    || FILTERS.stream().anyMatch(f -> expression.contains("." + f + "("));
            notes.hit(
                    StatementKind.DELETE,
                    call,
                    notes.model(model.get()),
                    filtered ? WhereShape.FILTERED : WhereShape.NONE);
        } else if (type && orm) {
            notes.hit(StatementKind.DELETE, call, notes.model(call.root()), where);
        } else if (!call.receiver().isEmpty()) {
            notes.acquit(Acquittal.Reason.NO_DATABASE, call);
        }
    }

    private static void drop(Call call, IdiomNotes notes) {
        boolean table = call.receiver().equals("__table__") || (call.receiver().endsWith("table") && alchemy(notes));
        if (table) {
            notes.hit(StatementKind.DROP_TABLE, call, notes.model(call.root()));
        }
    }

    private static void dropTables(Call call, IdiomNotes notes) {
        boolean library = notes.source().contains("peewee")
                || call.receiver().equals("op")
                || call.receiver().equals("schema_editor");
        if (library || call.receiver().contains("migrator")) {
            notes.hit(StatementKind.DROP_TABLE, call, notes.model(call.link().argument(0)));
        }
    }

    private static void replace(Call call, IdiomNotes notes) {
        boolean replaces = call.link()
                .named("if_exists")
                .filter(a -> a.value().equals("replace"))
                .isPresent();
        if (replaces) {
            Optional<Argument> name =
                    call.link().argument(0).or(() -> call.link().named("name"));
            Optional<String> schema = call.link().named("schema").flatMap(Argument::literal);
            notes.hit(
                    StatementKind.DROP_TABLE,
                    call,
                    name.flatMap(Argument::literal)
                            .map(n -> IdiomNotes.table(schema.map(s -> s + ".").orElse("") + n))
                            .orElseGet(() -> IdiomNotes.table(name)));
        }
    }

    private static void overwrite(Call call, IdiomNotes notes) {
        boolean overwrites = call.receiver("mode")
                        .flatMap(l -> l.argument(0))
                        .filter(a -> a.value().equals("overwrite"))
                        .isPresent()
                || call.link()
                        .named("mode")
                        .filter(a -> a.value().equals("overwrite"))
                        .isPresent();
        if (overwrites) {
            boolean truncates = call.receivers().stream()
                    .anyMatch(l -> l.name().equals("option")
                            && l.arguments().toString().contains("truncate"));
            Optional<Argument> table = call.link()
                    .named("table")
                    .or(() -> call.link().argument(call.name().equals("jdbc") ? 1 : 0));
            notes.hit(truncates ? StatementKind.TRUNCATE : StatementKind.DROP_TABLE, call, IdiomNotes.table(table));
        }
    }

    private static void downgrade(Call call, IdiomNotes notes) {
        if (call.receiver().equals("command") || call.receiver().equals("alembic")) {
            String to = call.link().argument(1).map(Argument::value).orElse("?");
            notes.hit(StatementKind.DROP_TABLE, call, IdiomNotes.unnamed("what the downgrade to " + to + " drops"));
        }
    }
}
