package io.github.rowsleuth.sql;

/** Makes SQL fit to be shown: without the values that it holds. */
public final class SqlText {

    private SqlText() {}

    /**
     * Takes the values out of a text. Strings of every notation and numbers become {@code ?}; comments, the data of
     * {@code COPY … FROM stdin} and the arguments of psql commands go away; identifiers and key words stay; blanks are
     * collapsed to one. The body of a {@code DO}, a function or a procedure in SQL or PL/pgSQL is kept, with its own
     * values taken out. Texts that differ in their values only become equal.
     *
     * @param sql any text
     * @return the text without its values
     */
    public static String redact(CharSequence sql) {
        return new Redactor(Source.of(sql), 0).redact();
    }
}
