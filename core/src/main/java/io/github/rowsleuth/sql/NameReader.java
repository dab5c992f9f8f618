package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the names of objects, with holes in them where the text is a template. */
final class NameReader {

    /** Words that end the place of a name: where one stands, the name was cut out of the text. */
    private static final Set<String> NO_NAME = Set.of(
            "where",
            "using",
            "returning",
            "from",
            "as",
            "on",
            "with",
            "select",
            "table",
            "in",
            "into",
            "and",
            "or",
            "not",
            "then",
            "else",
            "end");

    private final Cursor cursor;

    NameReader(Cursor cursor) {
        this.cursor = cursor;
    }

    /** One table, with {@code ONLY}, its parentheses and the {@code *} of its descendants. */
    Optional<SqlObject> table() {
        boolean only = cursor.accept("only");
        boolean parenthesis = only && cursor.acceptSymbol("(");
        Optional<SqlObject> name = name();
        if (parenthesis) {
            cursor.acceptSymbol(")");
        }
        cursor.acceptSymbol("*");
        return name;
    }

    /** Tables between commas. */
    List<SqlObject> tables() {
        List<SqlObject> tables = new ArrayList<>();
        do {
            table().ifPresent(tables::add);
        } while (cursor.acceptSymbol(","));
        return tables;
    }

    /** Names between commas, each with its list of arguments if it has one. */
    List<SqlObject> routines() {
        List<SqlObject> names = new ArrayList<>();
        do {
            name().ifPresent(names::add);
            if (cursor.peek().symbol("(")) {
                cursor.skipParentheses();
            }
        } while (cursor.acceptSymbol(","));
        return names;
    }

    /** One name; of more than two parts the last two count, since the first is the database at hand. */
    Optional<SqlObject> name() {
        Part part = part();
        Part schema = Part.NONE;
        while (!part.text.isEmpty() && cursor.peek().symbol(".") && startsPart(cursor.peek(1))) {
            cursor.advance();
            schema = part;
            part = part();
        }
        if (part.text.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> schemaName = Optional.of(schema.text).filter(s -> !s.isEmpty());
        return Optional.of(new SqlObject(schemaName, part.text, part.dynamic || schema.dynamic));
    }

    /** What touches a hole belongs to the same name: {@code orders_{year}}. */
    private Part part() {
        Token token = cursor.peek();
        if (!startsPart(token) || (token.is(Kind.WORD) && NO_NAME.contains(token.text()))) {
            return Part.NONE;
        }
        StringBuilder text = new StringBuilder(token.text());
        boolean dynamic = dynamic(token);
        cursor.advance();
        Token next = cursor.peek();
        while (token.touches(next) && glued(token, next)) {
            text.append(next.text());
            dynamic |= dynamic(next);
            token = next;
            cursor.advance();
            next = cursor.peek();
        }
        return new Part(text.toString(), dynamic);
    }

    private static boolean startsPart(Token token) {
        return token.is(Kind.WORD) || token.is(Kind.QUOTED) || token.is(Kind.HOLE);
    }

    private static boolean glued(Token token, Token next) {
        boolean fits = startsPart(next) || next.is(Kind.NUMBER);
        return fits && (token.is(Kind.HOLE) || next.is(Kind.HOLE));
    }

    private static boolean dynamic(Token token) {
        return token.is(Kind.HOLE) || (token.is(Kind.QUOTED) && Holes.in(token.text()));
    }

    private record Part(String text, boolean dynamic) {
        static final Part NONE = new Part("", false);
    }
}
