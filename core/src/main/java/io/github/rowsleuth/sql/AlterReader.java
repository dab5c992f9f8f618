package io.github.rowsleuth.sql;

import io.github.rowsleuth.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code ALTER TABLE} and {@code ALTER TYPE} with all their actions; each that destroys is one find. */
final class AlterReader {

    private final Cursor cursor;
    private final NameReader names;
    private final Found found;
    private final boolean deferred;
    private final int offset;

    AlterReader(Cursor cursor, Found found, boolean deferred) {
        this.cursor = cursor;
        this.names = new NameReader(cursor);
        this.found = found;
        this.deferred = deferred;
        this.offset = cursor.source().offset(cursor.peek().start());
    }

    /** Reads from {@code ALTER} on, through the last action. */
    void read() {
        cursor.advance();
        boolean type = cursor.accept("type");
        boolean table = !type && (cursor.accept("table") || cursor.accept("foreign", "table"));
        if (!type && !table) {
            return;
        }
        cursor.accept("if", "exists");
        Optional<SqlObject> object = names.table();
        List<SqlObject> objects = object.map(List::of).orElseGet(List::of);
        do {
            if (type) {
                typeAction(objects);
            } else {
                tableAction(objects);
            }
        } while (toNextAction());
    }

    private void typeAction(List<SqlObject> objects) {
        if (cursor.accept("drop", "attribute")) {
            add(StatementKind.DROP_ATTRIBUTE, objects);
        }
    }

    private void tableAction(List<SqlObject> objects) {
        if (cursor.accept("drop")) {
            dropAction(objects);
        } else if (cursor.accept("alter")) {
            cursor.accept("column");
            names.name();
            if (cursor.accept("type") || cursor.accept("set", "data", "type")) {
                add(StatementKind.ALTER_TYPE, objects);
            }
        } else if (cursor.accept("detach", "partition")) {
            List<SqlObject> both = new ArrayList<>(objects);
            names.name().ifPresent(both::add);
            add(StatementKind.DETACH_PARTITION, both);
        }
    }

    private void dropAction(List<SqlObject> objects) {
        if (cursor.accept("constraint")) {
            add(StatementKind.DROP_CONSTRAINT, objects);
            return;
        }
        boolean column = cursor.accept("column");
        Token next = cursor.peek();
        boolean property = next.word("default") || next.word("not") || next.word("expression") || next.word("identity");
        boolean named = next.is(Kind.WORD) || next.is(Kind.QUOTED) || next.is(Kind.HOLE);
        if (column || (named && !property)) {
            add(StatementKind.DROP_COLUMN, objects);
        }
    }

    private void add(StatementKind kind, List<SqlObject> objects) {
        boolean cascade = kind != StatementKind.ALTER_TYPE && cascadeInAction();
        found.add(kind, objects, cascade, WhereShape.NOT_APPLICABLE, deferred, offset);
    }

    private boolean cascadeInAction() {
        for (int i = 0; i < 6; i++) {
            Token token = cursor.peek(i);
            if (token.symbol(",") || token.is(Kind.END)) {
                return false;
            }
            if (token.word("cascade")) {
                return true;
            }
        }
        return false;
    }

    /** Steps past the comma that separates two actions. */
    private boolean toNextAction() {
        while (!cursor.atEnd()) {
            if (cursor.peek().symbol("(")) {
                cursor.skipParentheses();
            } else if (cursor.peek().symbol(")")) {
                return false;
            } else if (cursor.acceptSymbol(",")) {
                return true;
            } else {
                cursor.advance();
            }
        }
        return false;
    }
}
