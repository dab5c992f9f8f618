package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.Optional;
import java.util.Set;

/** Spring Data, jOOQ, Exposed, Flyway and Liquibase as libraries. */
final class JvmIdioms implements Idiom {

    private static final Set<String> FILTERS = Set.of("where", "and", "eq", "limit", "deleteWhere");

    @Override
    public void look(Call call, IdiomNotes notes) {
        String receiver = call.receiver();
        boolean repository = receiver.matches("(?i).*(?:repo|repository|dao)");
        switch (call.name()) {
            case "deleteAll", "deleteAllInBatch" -> {
                boolean table = !receiver.isEmpty() && Character.isUpperCase(receiver.charAt(0));
                if (repository || (table && notes.source().contains("exposed"))) {
                    boolean some = !call.arguments().isEmpty();
                    notes.hit(
                            StatementKind.DELETE,
                            call,
                            notes.model(receiver.replaceAll("(?i)(?:repo|repository|dao)$", "")),
                            some ? WhereShape.FILTERED : WhereShape.NONE);
                }
            }
            case "clean" -> {
                if (receiver.matches("(?i).*flyway.*")
                        || (notes.source().contains("flywaydb") && receiver.matches("load|configure"))) {
                    notes.hit(StatementKind.DROP_SCHEMA, call, IdiomNotes.unnamed("every schema that Flyway manages"));
                }
            }
            case "dropAll" -> {
                if (receiver.matches("(?i).*liquibase.*")) {
                    notes.hit(StatementKind.DROP_SCHEMA, call, IdiomNotes.unnamed("every object of the schema"));
                }
            }
            case "rollback" -> {
                if (receiver.matches("(?i).*liquibase.*")) {
                    notes.hit(
                            StatementKind.DROP_TABLE,
                            call,
                            IdiomNotes.unnamed("what the rollback of change sets drops"));
                }
            }
            case "deleteFrom" ->
                notes.hit(StatementKind.DELETE, call, notes.model(call.link().argument(0)), filter(call, notes));
            case "truncate", "truncateTable" -> {
                if (receiver.matches("(?i)dsl\\w*|ctx|create|context|jooq\\w*")) {
                    notes.hit(
                            StatementKind.TRUNCATE,
                            call,
                            notes.model(call.link().argument(0)));
                }
            }
            case "dropTable", "dropTableIfExists" ->
                notes.hit(
                        StatementKind.DROP_TABLE,
                        call,
                        IdiomNotes.table(call.link().argument(0)));
            case "dropSchema", "dropSchemaIfExists" ->
                notes.hit(
                        StatementKind.DROP_SCHEMA,
                        call,
                        IdiomNotes.table(call.link().argument(0)));
            case "drop" -> {
                if (receiver.equals("SchemaUtils")) {
                    Optional<Argument> first = call.link().argument(0);
                    notes.hit(StatementKind.DROP_TABLE, call, notes.model(first));
                }
            }
            case "deleteWhere" -> notes.hit(StatementKind.DELETE, call, notes.model(receiver), WhereShape.FILTERED);
            default -> {}
        }
    }

    private static WhereShape filter(Call call, IdiomNotes notes) {
        return notes.chainHas(call, FILTERS) ? WhereShape.FILTERED : WhereShape.NONE;
    }
}
