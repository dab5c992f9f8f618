package io.github.rowsleuth.sql;

/** Reads {@code EXPLAIN} and its options. */
final class ExplainReader {

    private ExplainReader() {}

    /** Steps past the options, and tells whether the statement runs: only {@code ANALYZE} runs what it explains. */
    static boolean runs(Cursor cursor) {
        cursor.advance();
        if (!cursor.peek().symbol("(")) {
            boolean analyze = analyze(cursor);
            cursor.accept("verbose");
            return analyze;
        }
        int start = cursor.pos();
        cursor.skipParentheses();
        int end = cursor.pos();
        cursor.moveTo(start);
        boolean runs = false;
        while (cursor.pos() < end) {
            if (analyze(cursor)) {
                Token value = cursor.peek();
                runs |= !value.word("false")
                        && !value.word("off")
                        && !value.text().equals("0");
            } else {
                cursor.advance();
            }
        }
        return runs;
    }

    private static boolean analyze(Cursor cursor) {
        return cursor.accept("analyze") || cursor.accept("analyse");
    }
}
