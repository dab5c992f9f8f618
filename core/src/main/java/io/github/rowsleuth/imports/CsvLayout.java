package io.github.rowsleuth.imports;

/**
 * How the records of a text file are written, in the terms of {@code COPY … WITH (FORMAT csv)} (PostgreSQL documentation,
 * "COPY", section "CSV Format").
 *
 * @param delimiter what separates fields: a comma, a semicolon, a tab or a bar
 * @param quote what encloses fields that need it; doubled within them
 * @param encoding how bytes stand for letters, as PostgreSQL names it: {@code UTF8} or {@code WIN1252}, and
 *     {@code UTF16}, which the server does not read
 * @param header whether the first record was recognised as headings
 * @param packed whether the file is compressed with gzip
 */
public record CsvLayout(char delimiter, char quote, String encoding, boolean header, boolean packed) {

    static final String UTF_16 = "UTF16";

    /** {@return whether the file must be converted before the server can read it} */
    public boolean utf16() {
        return encoding.equals(UTF_16);
    }
}
