package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ecto: its repositories, and its migrations. */
final class ElixirIdioms implements Idiom {

    private static final Pattern TABLE = Pattern.compile("table\\(?\\s*[:\"](\\w+)\"?");
    private static final Pattern MODULE = Pattern.compile("[A-Z]\\w*(?:\\.[A-Z]\\w*)*");
    private static final Pattern CASCADE = Pattern.compile("mode:\\s*:cascade");

    @Override
    public void look(Call call, IdiomNotes notes) {
        Optional<Argument> first = call.link().argument(0);
        switch (call.name()) {
            case "delete_all" -> {
                if (call.receiver().endsWith("Repo") || call.receiver().equals("repo")) {
                    deleteAll(call, first, notes);
                }
            }
            case "drop", "drop_if_exists" -> drop(call, first, notes);
            case "remove", "remove_if_exists" -> {
                Optional<Call> alter = notes.around(call, Set.of("alter"));
                if (call.receivers().isEmpty()) {
                    notes.hit(
                            StatementKind.DROP_COLUMN,
                            call,
                            table(alter.flatMap(a -> a.link().argument(0))));
                }
            }
            case "modify" -> {
                if (call.receivers().isEmpty()) {
                    notes.hit(
                            StatementKind.ALTER_TYPE,
                            call,
                            table(notes.around(call, Set.of("alter"))
                                    .flatMap(a -> a.link().argument(0))));
                }
            }
            case "storage_down" ->
                notes.hit(StatementKind.DROP_DATABASE, call, IdiomNotes.unnamed("the database of the repository"));
            default -> {}
        }
    }

    private static void deleteAll(Call call, Optional<Argument> first, IdiomNotes notes) {
        boolean module = first.filter(a -> MODULE.matcher(a.source()).matches()).isPresent();
        boolean name = first.flatMap(Argument::literal).isPresent();
        SqlObject object = name
                ? IdiomNotes.table(first)
                : notes.model(first.map(Argument::source).orElse("?"));
        Matcher from = Pattern.compile("^from\\(?\\s*\\(?\\w+ in ([\\w.]+|\"\\w+\")")
                .matcher(first.map(Argument::source).orElse(""));
        boolean all = module || name;
        if (from.find()) {
            object = from.group(1).startsWith("\"")
                    ? IdiomNotes.table(from.group(1).replace("\"", ""))
                    : notes.model(from.group(1));
            all = !first.orElseThrow().source().contains("where");
        }
        notes.hit(StatementKind.DELETE, call, object, all ? WhereShape.NONE : WhereShape.FILTERED);
    }

    private static void drop(Call call, Optional<Argument> first, IdiomNotes notes) {
        if (first.filter(a -> a.source().startsWith("table")).isPresent()
                && call.receivers().isEmpty()) {
            boolean cascade = call.arguments().stream()
                    .anyMatch(a -> CASCADE.matcher(a.name() + ": " + a.source()).find());
            notes.hit(StatementKind.DROP_TABLE, call, List.of(table(first)), WhereShape.NOT_APPLICABLE, cascade);
        }
    }

    private static SqlObject table(Optional<Argument> argument) {
        Matcher table = TABLE.matcher(argument.map(Argument::source).orElse(""));
        return table.find()
                ? IdiomNotes.table(table.group(1))
                : IdiomNotes.unnamed(argument.map(Argument::source).orElse("?"));
    }
}
