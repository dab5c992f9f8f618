package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A function or procedure, with what its source says.
 *
 * @param oid its oid
 * @param schema its schema
 * @param name its name
 * @param arguments its arguments, which tell it from others of the name
 * @param language what it is written in
 * @param triggers whether only triggers can call it
 * @param destructive what is destructive in it
 * @param commands the same, of a body in standard SQL
 * @param calls what it may call
 * @param body what a trigger function lets happen, where it is in PL/pgSQL
 * @param skips whether a trigger function in another language may skip rows
 * @param source its source, redacted
 * @param cut whether the source is longer than what is read
 */
record Routine(
        long oid,
        String schema,
        String name,
        String arguments,
        String language,
        boolean triggers,
        List<DestructiveStatement> destructive,
        List<NodeTree.Command> commands,
        Set<String> calls,
        Optional<TriggerBody> body,
        boolean skips,
        Excerpt source,
        boolean cut) {

    /** {@return its name and arguments, as they stand in SQL} */
    String signature() {
        return TableName.of(schema, name) + "(" + arguments + ")";
    }

    boolean isCalledIn(Set<String> names) {
        return names.contains(name) || names.contains(schema + "." + name);
    }

    boolean removes() {
        return destructive.stream().anyMatch(RoutineSource::removes);
    }

    Routine with(List<DestructiveStatement> statements, Excerpt text) {
        return new Routine(
                oid, schema, name, arguments, language, triggers, statements, commands, calls, body, skips, text, cut);
    }
}
