package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.Migrations;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the code of repositories names: a table that code knows and the database does not have was there. */
final class NamedByCode {

    private final Set<TableName> tables = new HashSet<>();
    private final Set<String> schemas = new HashSet<>();

    NamedByCode(CaseFile file) {
        Stream<CodeStatement> scripts = file.answers(Scripts.class).stream()
                .flatMap(s -> s.found().stream())
                .flatMap(s -> s.statements().stream());
        Stream<CodeStatement> migrations = file.answers(Migrations.class).stream()
                .flatMap(m -> m.found().stream())
                .flatMap(m -> Stream.of(m.up(), m.down()))
                .flatMap(List::stream);
        Stream.concat(scripts, migrations).map(CodeStatement::statement).forEach(s -> {
            tables.addAll(s.tables());
            if (s.kind() == StatementKind.DROP_SCHEMA) {
                s.objects().stream()
                        .filter(o -> !o.dynamic())
                        .map(SqlObject::name)
                        .forEach(schemas::add);
            }
        });
    }

    boolean names(TableName table) {
        return tables.stream().anyMatch(t -> t.matches(table))
                || table.schema().filter(schemas::contains).isPresent();
    }
}
