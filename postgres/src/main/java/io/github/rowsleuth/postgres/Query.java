package io.github.rowsleuth.postgres;

/**
 * The text of one statement: a constant, into which nothing is ever pasted but the schema of an extension, as the server
 * quotes it.
 *
 * @param sql the text, with question marks for what is bound
 * @param reads the catalogs and functions it reads, as evidence and gaps name them
 * @param privilege what to grant where reading was denied, as it stands between GRANT and TO
 */
record Query(String sql, String reads, String privilege) {

    Query {
        if (sql.contains(";")) {
            throw new IllegalArgumentException("one statement, because the driver would run what follows: " + sql);
        }
    }
}
