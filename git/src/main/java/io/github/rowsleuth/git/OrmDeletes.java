package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deletions that a Python script asks SQLAlchemy for, without any SQL in sight. The table is only known by its class. */
final class OrmDeletes {

    private static final Set<String> SESSIONS = Set.of("session", "db", "sess", "s");
    private static final int SAME_STATEMENT = 8;

    private OrmDeletes() {}

    static boolean worthReading(String text) {
        return text.contains("delete(") || text.contains("drop_all(");
    }

    static List<CodeStatement> in(Program program) {
        List<CodeStatement> found = new ArrayList<>();
        Optional<Call> query = Optional.empty();
        boolean filtered = false;
        for (Call call : program.calls()) {
            String name = call.simpleName();
            String receiver = receiver(call.name());
            if (name.equals("query")) {
                query = Optional.of(call);
                filtered = false;
            } else if (name.equals("filter") || name.equals("filter_by") || name.equals("where")) {
                filtered = true;
            } else if (name.equals("drop_all")) {
                found.add(statement(StatementKind.DROP_TABLE, receiver, call, false));
            } else if (name.equals("delete") && SESSIONS.contains(receiver)) {
                found.add(statement(StatementKind.DELETE, argument(call), call, true));
            } else if (name.equals("delete") && receiver.isEmpty() && near(query, call)) {
                found.add(statement(StatementKind.DELETE, argument(query.orElse(call)), call, filtered));
            }
        }
        return found;
    }

    private static boolean near(Optional<Call> query, Call delete) {
        return query.filter(q -> delete.line() - q.line() <= SAME_STATEMENT).isPresent();
    }

    private static String receiver(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : Call.lastName(name.substring(0, dot));
    }

    private static String argument(Call call) {
        return call.arguments().isEmpty() ? "?" : call.arguments().get(0).replaceAll("[{}]", "");
    }

    private static CodeStatement statement(StatementKind kind, String what, Call call, boolean filtered) {
        WhereShape where = kind != StatementKind.DELETE
                ? WhereShape.NOT_APPLICABLE
                : filtered ? WhereShape.FILTERED : WhereShape.NONE;
        SqlObject object = new SqlObject(Optional.empty(), "{" + what + "}", true);
        DestructiveStatement statement =
                new DestructiveStatement(kind, List.of(object), false, where, false, 0, call.line());
        Excerpt text = Excerpt.ofHarmless(call.name() + "(" + what + ")");
        return new CodeStatement(statement, call.line(), CodeStatement.Reach.EXECUTED, text);
    }
}
