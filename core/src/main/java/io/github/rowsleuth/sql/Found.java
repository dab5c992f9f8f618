package io.github.rowsleuth.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what was recognised, and at the end puts it in the order of the text. */
final class Found {

    private final List<DestructiveStatement> statements = new ArrayList<>();

    void add(
            StatementKind kind,
            List<SqlObject> objects,
            boolean cascade,
            WhereShape where,
            boolean deferred,
            int offset) {
        statements.add(new DestructiveStatement(kind, objects, cascade, where, deferred, offset, 1));
    }

    /** The statements with their lines, counted in one pass over the text. */
    List<DestructiveStatement> in(String text) {
        statements.sort(Comparator.comparingInt(DestructiveStatement::offset));
        List<DestructiveStatement> placed = new ArrayList<>();
        int line = 1;
        int pos = 0;
        for (DestructiveStatement s : statements) {
            for (; pos < s.offset(); pos++) {
                if (text.charAt(pos) == '\n') {
                    line++;
                }
            }
            placed.add(new DestructiveStatement(
                    s.kind(), s.objects(), s.cascade(), s.where(), s.deferred(), s.offset(), line));
        }
        return List.copyOf(placed);
    }
}
