package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.git.code.Block;
import io.github.rowsleuth.probe.CodeStatement.Reach;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.SqlObject;
import java.util.List;

/**
 * A destructive statement before it is looked at how it is reached and what stands before it.
 *
 * @param statement what it does
 * @param line the line of the file, from 1
 * @param text what stands there
 * @param reach whether running the place runs it
 * @param block where it stands
 * @param start where it begins in the source
 * @param calls the calls it is an argument of
 */
record Hit(
        DestructiveStatement statement,
        int line,
        Excerpt text,
        Reach reach,
        Block block,
        int start,
        List<String> calls) {

    Hit {
        calls = List.copyOf(calls);
    }

    Hit with(List<SqlObject> objects) {
        DestructiveStatement resolved = new DestructiveStatement(
                statement.kind(),
                objects,
                statement.cascade(),
                statement.where(),
                statement.deferred(),
                statement.offset(),
                statement.line());
        return new Hit(resolved, line, text, reach, block, start, calls);
    }
}
