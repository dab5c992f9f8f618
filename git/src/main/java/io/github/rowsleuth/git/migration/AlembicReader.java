package io.github.rowsleuth.git.migration;

import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.destruction.ModelNames;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.sql.StatementKind;
import java.util.ArrayList;
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
    private static final Pattern CREATED = Pattern.compile("(?m)^Create Date:\\s*");
    private static final Map<String, StatementKind> OPERATIONS = Map.of(
            "drop_table", StatementKind.DROP_TABLE,
            "drop_column", StatementKind.DROP_COLUMN);
    private static final Pattern WIDE =
            Pattern.compile("(?:\\w+\\.)?(?:Text|BigInteger|Numeric|JSON|JSONB|Float|Double|TEXT|BIGINT)\\(?\\)?");

    private AlembicReader() {}

    private static Pattern assignment(String name) {
        return Pattern.compile("(?m)^" + name + "\\s*(?::[^=\\n]*)?=\\s*([^\\n]*(?:\\([^)]*\\))?)");
    }

    static boolean recognises(String text) {
        return text.contains("def upgrade(") && REVISION.matcher(text).find();
    }

    static FoundMigration read(StoredFile file, String text, ModelNames models) {
        Directions directions = new Directions(Language.PYTHON, text, models);
        String revision = ids(REVISION, text).stream().findFirst().orElse(file.name());
        return FoundMigration.of(
                        "alembic",
                        revision,
                        file,
                        statements(directions, "upgrade"),
                        statements(directions, "downgrade"))
                .following(ids(DOWN_REVISION, text))
                .dated(Dates.behind(CREATED, text));
    }

    private static List<String> ids(Pattern assignment, String text) {
        Matcher matcher = assignment.matcher(text);
        return matcher.find()
                ? QUOTED.matcher(matcher.group(1))
                        .results()
                        .map(r -> r.group(1))
                        .toList()
                : List.of();
    }

    private static List<CodeStatement> statements(Directions directions, String direction) {
        Set<String> functions = directions.reachedFrom(direction);
        List<CodeStatement> operations = new ArrayList<>();
        Optional<Call> batch = Optional.empty();
        for (Call call : directions.statements().program().calls()) {
            batch = call.name().equals("batch_alter_table") ? Optional.of(call) : batch;
            if (functions.contains(Directions.function(call.block())) && operation(call)) {
                operations.add(statement(call, batch, directions));
            }
        }
        List<CodeStatement> others = directions.where(p -> functions.contains(Directions.function(p.block()))
                && !p.statement().text().text().matches("(?:\\w*batch\\w*|op)\\.drop_\\w+\\(.*"));
        return Directions.sorted(others, operations);
    }

    private static boolean operation(Call call) {
        boolean receiver = call.receiver().equals("op") || call.receiver().contains("batch");
        boolean type =
                call.name().equals("alter_column") && call.link().named("type_").isPresent();
        return receiver && (OPERATIONS.containsKey(call.name()) || type);
    }

    private static CodeStatement statement(Call call, Optional<Call> batch, Directions directions) {
        boolean inBatch = call.receiver().contains("batch");
        Call source = inBatch ? batch.orElse(call) : call;
        Optional<String> schema = source.link().named("schema").flatMap(Argument::literal);
        Optional<Argument> table =
                source.link().argument(0).or(() -> source.link().named("table_name"));
        StatementKind kind = OPERATIONS.getOrDefault(call.name(), StatementKind.ALTER_TYPE);
        CodeStatement found = directions.statements().of(kind, schema, table, false, call);
        boolean wide = call.link()
                .named("type_")
                .filter(a -> WIDE.matcher(a.source()).matches())
                .isPresent();
        return wide ? Rewrites.harmless(found) : found;
    }
}
