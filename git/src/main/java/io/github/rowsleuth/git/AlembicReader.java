package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a revision file of Alembic: what {@code upgrade()} and {@code downgrade()} destroy, helpers included. */
final class AlembicReader {

    private static final Pattern REVISION = assignment("revision");
    private static final Pattern DOWN_REVISION = assignment("down_revision");
    private static final Pattern QUOTED = Pattern.compile("['\"]([^'\"]+)['\"]");
    private static final Pattern CREATED = Pattern.compile(
            "(?m)^Create Date:\\s*(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)(Z|[+-]\\d{2}:\\d{2})?");
    private static final Map<String, StatementKind> OPERATIONS = Map.of(
            "drop_table", StatementKind.DROP_TABLE,
            "drop_column", StatementKind.DROP_COLUMN,
            "drop_constraint", StatementKind.DROP_CONSTRAINT,
            "drop_index", StatementKind.DROP_INDEX);

    private final StoredFile file;
    private final String text;
    private final Program program;

    AlembicReader(StoredFile file, String text) {
        this.file = file;
        this.text = text;
        this.program = PythonLexer.read(text);
    }

    private static Pattern assignment(String name) {
        return Pattern.compile("(?m)^" + name + "\\s*(?::[^=\\n]*)?=\\s*([^\\n]*(?:\\([^)]*\\))?)");
    }

    FoundMigration read() {
        String revision = ids(REVISION).stream().findFirst().orElse(file.name());
        return new FoundMigration(
                "alembic",
                revision,
                file,
                ids(DOWN_REVISION),
                statements("upgrade"),
                statements("downgrade"),
                created());
    }

    private List<String> ids(Pattern assignment) {
        Matcher matcher = assignment.matcher(text);
        return matcher.find()
                ? QUOTED.matcher(matcher.group(1))
                        .results()
                        .map(r -> r.group(1))
                        .toList()
                : List.of();
    }

    private Optional<Instant> created() {
        Matcher matcher = CREATED.matcher(text);
        try {
            return matcher.find()
                    ? Optional.of(Instant.parse(matcher.group(1) + "T" + matcher.group(2)
                            + Optional.ofNullable(matcher.group(3)).orElse("Z")))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private List<CodeStatement> statements(String direction) {
        Set<String> functions = reachedFrom(direction);
        List<CodeStatement> found = new ArrayList<>();
        for (Literal literal : program.literals()) {
            if (functions.contains(literal.function())) {
                found.addAll(StatementFinder.in(literal, program));
            }
        }
        String batchTable = "";
        for (Call call : program.calls()) {
            if (call.simpleName().equals("batch_alter_table")
                    && !call.arguments().isEmpty()) {
                batchTable = call.arguments().get(0);
            }
            if (functions.contains(call.function())) {
                operation(call, batchTable).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparingInt(CodeStatement::line));
        return found;
    }

    private Set<String> reachedFrom(String direction) {
        Set<String> reached = new HashSet<>(Set.of(direction));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Call call : program.calls()) {
                if (reached.contains(call.function()) && reached.add(call.name())) {
                    grown = true;
                }
            }
        }
        return reached;
    }

    private static Optional<CodeStatement> operation(Call call, String batchTable) {
        StatementKind kind = OPERATIONS.get(call.simpleName());
        if (kind == null || !call.name().contains("op.")) {
            return Optional.empty();
        }
        boolean batch = call.name().startsWith("batch") && kind != StatementKind.DROP_TABLE;
        String table = batch ? batchTable : table(call, kind);
        boolean dynamic = table.startsWith("{") || table.isEmpty();
        Optional<String> schema = Optional.ofNullable(call.named().get("schema"));
        SqlObject object = new SqlObject(schema, dynamic && table.isEmpty() ? "{?}" : table, dynamic);
        DestructiveStatement statement = new DestructiveStatement(
                kind, List.of(object), false, WhereShape.NOT_APPLICABLE, false, 0, call.line());
        Excerpt text = Excerpt.ofHarmless(call.name() + "(" + String.join(", ", call.arguments()) + ")");
        return Optional.of(new CodeStatement(statement, call.line(), CodeStatement.Reach.EXECUTED, text));
    }

    /** The table: the first argument, but the second where the first names the constraint or index. */
    private static String table(Call call, StatementKind kind) {
        boolean second = kind == StatementKind.DROP_CONSTRAINT || kind == StatementKind.DROP_INDEX;
        String named = call.named().get("table_name");
        if (named != null) {
            return named;
        }
        int position = second ? 1 : 0;
        return call.arguments().size() > position ? call.arguments().get(position) : "";
    }
}
