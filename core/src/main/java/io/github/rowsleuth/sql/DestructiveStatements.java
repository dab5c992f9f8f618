package io.github.rowsleuth.sql;

import java.util.List;

/**
 * Recognises the statements of a text that can destroy data.
 *
 * <p>The text is looked at as people write it, not as a grammar demands it: psql scripts, statements cut off in the
 * middle, templates with holes ({@code {table}}, {@code ${table}}, {@code %s}, {@code :name}, {@code ?} …) are all
 * read. Bodies of {@code DO}, of functions, procedures and rules, jobs of pg_cron, and what {@code EXECUTE} or psql's
 * {@code \gexec} build from literals are read as well.
 *
 * <p>What only speaks of a statement does not count: comments, plain literals, {@code GRANT}, {@code ON DELETE
 * CASCADE}, {@code EXPLAIN} without {@code ANALYZE}. Whether a transaction was rolled back afterwards is not looked at.
 */
public final class DestructiveStatements {

    private DestructiveStatements() {}

    /**
     * Finds the destructive statements of a text. The time it takes grows with the length of the text only, and it
     * never throws for what a text holds.
     *
     * <p>Every action of an {@code ALTER TABLE} that destroys is one statement of its own, all with the offset of the
     * {@code ALTER}. {@code DETACH PARTITION} names the parent, then the partition. A statement inside of a literal
     * has the offset it has in the text given here, even where the literal is put together from pieces.
     *
     * @param sql any text
     * @return the statements, those inside of others included, in the order of the text
     */
    public static List<DestructiveStatement> in(CharSequence sql) {
        Source source = Source.of(sql);
        Found found = new Found();
        new Scan(found).script(source);
        return found.in(source.text());
    }
}
