package io.github.rowsleuth.postgres.wal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A row of {@code pg_class} or {@code pg_namespace} in its bytes. Their first columns have the same widths on every
 * version (src/include/catalog/pg_class.h).
 *
 * @param oid its oid
 * @param name its name
 * @param schema the oid of its schema; 0 for a schema
 * @param file {@code relfilenode}; 0 for a schema
 * @param tablespace where its file lies; 0 for the tablespace of the database
 * @param kind {@code relkind}; empty for a schema
 */
public record CatalogRow(long oid, String name, long schema, long file, long tablespace, String kind) {

    private static final int NAME = 4;
    private static final int NAME_LENGTH = 64;
    private static final int SCHEMA = 68;
    private static final int FILE = 88;
    private static final int TABLESPACE = 92;
    private static final int KIND = 115;
    /** From this version on there is {@code relallfrozen} before {@code relkind}. */
    private static final int ALL_FROZEN = 18;

    /**
     * {@return the relation}
     *
     * @param columns a row of {@code pg_class} without its header
     * @param major the version of the server
     */
    public static Optional<CatalogRow> ofClass(ByteBuffer columns, int major) {
        int kind = KIND + (major >= ALL_FROZEN ? Integer.BYTES : 0);
        if (columns.limit() <= kind) {
            return Optional.empty();
        }
        String letter = String.valueOf((char) columns.get(kind));
        return name(columns)
                .filter(name -> letter.matches("[a-zA-Z]"))
                .map(name -> new CatalogRow(
                        oid(columns, 0),
                        name,
                        oid(columns, SCHEMA),
                        oid(columns, FILE),
                        oid(columns, TABLESPACE),
                        letter));
    }

    /**
     * {@return the schema}
     *
     * @param columns a row of {@code pg_namespace} without its header
     */
    public static Optional<CatalogRow> ofSchema(ByteBuffer columns) {
        return columns.limit() < SCHEMA
                ? Optional.empty()
                : name(columns).map(name -> new CatalogRow(oid(columns, 0), name, 0, 0, 0, ""));
    }

    private static long oid(ByteBuffer columns, int at) {
        return Integer.toUnsignedLong(columns.getInt(at));
    }

    private static Optional<String> name(ByteBuffer columns) {
        byte[] bytes = new byte[NAME_LENGTH];
        columns.get(NAME, bytes);
        int length = 0;
        while (length < NAME_LENGTH && bytes[length] != 0) {
            length++;
        }
        try {
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        } catch (CharacterCodingException e) {
            return Optional.empty(); // Of a database in another encoding: better no name than a wrong one.
        }
    }
}
