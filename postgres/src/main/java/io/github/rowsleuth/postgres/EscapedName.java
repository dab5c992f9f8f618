package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;

/**
 * Writes a name so that nothing in it can be read as SQL, by the server or by the driver: every sign that could be is an
 * escape of a Unicode identifier (PostgreSQL documentation, section 4.1.1 "Identifiers and Key Words").
 */
final class EscapedName {

    private static final int FIRST_BEYOND_ASCII = 0x80;

    private EscapedName() {}

    static String of(TableName table) {
        return table.schema().map(schema -> of(schema) + ".").orElse("") + of(table.name());
    }

    private static String of(String identifier) {
        StringBuilder escaped = new StringBuilder("U&\"");
        identifier.codePoints().forEach(c -> {
            if (c >= FIRST_BEYOND_ASCII || c == '_' || Character.isLetterOrDigit(c)) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append("\\%04X".formatted(c));
            }
        });
        return escaped.append('"').toString();
    }
}
