package io.github.rowsleuth.sql;

import java.util.List;

/** A statement with a {@code WHERE} in its grammar, while the walk is still inside of it. */
final class OpenStatement {

    enum Verb {
        DELETE,
        UPDATE,
        INSERT,
        MERGE
    }

    private final Verb verb;
    private final List<SqlObject> objects;
    private final int offset;
    private final int depth;
    private WhereShape where = WhereShape.NONE;
    /** Whether an {@code INSERT} has reached {@code DO UPDATE}, or a {@code MERGE} its {@code THEN DELETE}. */
    private boolean destroys;

    OpenStatement(Verb verb, List<SqlObject> objects, int offset, int depth) {
        this.verb = verb;
        this.objects = objects;
        this.offset = offset;
        this.depth = depth;
        this.destroys = verb == Verb.DELETE || verb == Verb.UPDATE;
    }

    int depth() {
        return depth;
    }

    boolean is(Verb wanted) {
        return verb == wanted;
    }

    void destroys() {
        destroys = true;
    }

    void where(WhereShape shape) {
        // The WHERE of INSERT … SELECT, or of an index predicate, comes before DO UPDATE and is not meant.
        if (destroys && where == WhereShape.NONE) {
            where = shape;
        }
    }

    void close(Found found, boolean deferred) {
        if (!destroys || (verb == Verb.UPDATE && where != WhereShape.NONE)) {
            return;
        }
        found.add(kind(), objects, false, verb == Verb.MERGE ? WhereShape.FILTERED : where, deferred, offset);
    }

    private StatementKind kind() {
        return switch (verb) {
            case DELETE -> StatementKind.DELETE;
            case UPDATE -> StatementKind.UPDATE_NO_WHERE;
            case INSERT -> StatementKind.UPSERT_UPDATE;
            case MERGE -> StatementKind.MERGE_DELETE;
        };
    }
}
