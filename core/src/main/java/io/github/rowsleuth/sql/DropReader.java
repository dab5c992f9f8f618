package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code DROP …} and {@code TRUNCATE …}. */
final class DropReader {

    private static final Map<String, StatementKind> KINDS = Map.ofEntries(
            Map.entry("table", StatementKind.DROP_TABLE),
            Map.entry("schema", StatementKind.DROP_SCHEMA),
            Map.entry("database", StatementKind.DROP_DATABASE),
            Map.entry("type", StatementKind.DROP_TYPE),
            Map.entry("domain", StatementKind.DROP_DOMAIN),
            Map.entry("extension", StatementKind.DROP_EXTENSION),
            Map.entry("view", StatementKind.DROP_VIEW),
            Map.entry("sequence", StatementKind.DROP_SEQUENCE),
            Map.entry("index", StatementKind.DROP_INDEX),
            Map.entry("function", StatementKind.DROP_FUNCTION),
            Map.entry("procedure", StatementKind.DROP_FUNCTION),
            Map.entry("routine", StatementKind.DROP_FUNCTION),
            Map.entry("aggregate", StatementKind.DROP_FUNCTION),
            Map.entry("trigger", StatementKind.DROP_TRIGGER),
            Map.entry("rule", StatementKind.DROP_RULE),
            Map.entry("policy", StatementKind.DROP_POLICY),
            Map.entry("publication", StatementKind.DROP_PUBLICATION),
            Map.entry("subscription", StatementKind.DROP_SUBSCRIPTION),
            Map.entry("role", StatementKind.DROP_ROLE),
            Map.entry("user", StatementKind.DROP_ROLE),
            Map.entry("group", StatementKind.DROP_ROLE),
            Map.entry("tablespace", StatementKind.DROP_TABLESPACE),
            Map.entry("server", StatementKind.DROP_SERVER),
            Map.entry("collation", StatementKind.DROP_OTHER),
            Map.entry("conversion", StatementKind.DROP_OTHER),
            Map.entry("language", StatementKind.DROP_OTHER),
            Map.entry("statistics", StatementKind.DROP_OTHER),
            Map.entry("cast", StatementKind.DROP_OTHER),
            Map.entry("operator", StatementKind.DROP_OTHER),
            Map.entry("transform", StatementKind.DROP_OTHER));

    /** What may follow the names; any other word on the same line makes it prose. */
    private static final Set<String> AFTER_NAMES =
            Set.of("restart", "continue", "cascade", "restrict", "end", "exception", "using");

    /** Kinds of which nothing but {@code CASCADE} or {@code RESTRICT} follows the names. */
    private static final Set<StatementKind> PLAIN_NAMES =
            EnumSet.of(StatementKind.DROP_TABLE, StatementKind.DROP_SCHEMA);

    /** How far behind the names {@code CASCADE} is looked for. */
    private static final int CASCADE_WITHIN = 12;

    private final Cursor cursor;
    private final NameReader names;
    private final Found found;

    DropReader(Cursor cursor, Found found) {
        this.cursor = cursor;
        this.names = new NameReader(cursor);
        this.found = found;
    }

    /** Reads from {@code DROP} on; leaves the cursor behind what was read. */
    void drop(boolean deferred) {
        int offset = cursor.source().offset(cursor.peek().start());
        cursor.advance();
        Optional<StatementKind> kind = kind();
        if (kind.isEmpty()) {
            return;
        }
        cursor.accept("concurrently");
        cursor.accept("if", "exists");
        List<SqlObject> objects = objects(kind.get());
        if (PLAIN_NAMES.contains(kind.get()) && proseFollows()) {
            return;
        }
        // Without a name only a text that was cut off, or a cast and its like, is a statement.
        boolean nameless = kind.get() == StatementKind.DROP_OTHER || cursor.atEnd();
        if (!objects.isEmpty() || nameless) {
            found.add(kind.get(), objects, cascadeAhead(), WhereShape.NOT_APPLICABLE, deferred, offset);
        }
    }

    /** Reads from {@code TRUNCATE} on. */
    void truncate(boolean deferred) {
        int offset = cursor.source().offset(cursor.peek().start());
        cursor.advance();
        boolean table = cursor.accept("table");
        List<SqlObject> objects = names.tables();
        boolean cutOff = table && cursor.atEnd();
        if ((objects.isEmpty() && !cutOff) || proseFollows()) {
            return;
        }
        found.add(StatementKind.TRUNCATE, objects, cascadeAhead(), WhereShape.NOT_APPLICABLE, deferred, offset);
    }

    private Optional<StatementKind> kind() {
        if (cursor.accept("foreign", "table")) {
            return Optional.of(StatementKind.DROP_FOREIGN_TABLE);
        }
        if (cursor.accept("foreign", "data", "wrapper")) {
            return Optional.of(StatementKind.DROP_FOREIGN_DATA_WRAPPER);
        }
        if (cursor.accept("materialized", "view")) {
            return Optional.of(StatementKind.DROP_MATVIEW);
        }
        if (cursor.accept("owned", "by")) {
            return Optional.of(StatementKind.DROP_OWNED);
        }
        if (otherOfSeveralWords() || cursor.peek().is(Kind.HOLE)) {
            return Optional.of(StatementKind.DROP_OTHER);
        }
        Token token = cursor.peek();
        Optional<StatementKind> kind =
                token.is(Kind.WORD) ? Optional.ofNullable(KINDS.get(token.text())) : Optional.empty();
        kind.ifPresent(k -> cursor.advance());
        return kind;
    }

    private boolean otherOfSeveralWords() {
        if (cursor.accept("text", "search")) {
            cursor.advance();
            return true;
        }
        return cursor.accept("event", "trigger")
                || cursor.accept("access", "method")
                || cursor.accept("procedural", "language")
                || cursor.accept("operator", "class")
                || cursor.accept("operator", "family")
                || cursor.accept("user", "mapping");
    }

    private List<SqlObject> objects(StatementKind kind) {
        return switch (kind) {
            case DROP_FUNCTION -> names.routines();
            case DROP_TABLE, DROP_FOREIGN_TABLE -> names.tables();
            // The name of the thing, not of the table that it hangs on.
            case DROP_TRIGGER, DROP_RULE, DROP_POLICY ->
                names.name().map(List::of).orElseGet(List::of);
            case DROP_OTHER -> cursor.at("for") ? List.of() : names.routines();
            default -> names.routines();
        };
    }

    private boolean proseFollows() {
        Token next = cursor.peek();
        if (!next.is(Kind.WORD) || AFTER_NAMES.contains(next.text())) {
            return false;
        }
        String text = cursor.source().text();
        return Chars.lineEnd(text, cursor.peek(-1).end(), next.start()) == next.start();
    }

    /** Whether {@code CASCADE} follows closely, within the parentheses at hand. */
    private boolean cascadeAhead() {
        int depth = 0;
        for (int i = 0; i < CASCADE_WITHIN; i++) {
            Token token = cursor.peek(i);
            if (token.word("cascade")) {
                return true;
            }
            if (token.symbol("(")) {
                depth++;
            }
            if (token.is(Kind.END) || (token.symbol(")") && --depth < 0)) {
                return false;
            }
        }
        return false;
    }
}
