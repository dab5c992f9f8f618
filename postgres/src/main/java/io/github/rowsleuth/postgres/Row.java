package io.github.rowsleuth.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The current row of a result, without nulls. */
record Row(ResultSet result) {

    /** Makes a value of a row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    String text(String column) throws SQLException {
        return optionalText(column)
                .orElseThrow(() -> new SQLException("expected a value in the column " + column + ", found none"));
    }

    Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(result.getString(column));
    }

    /** A number; 0 for none. */
    long number(String column) throws SQLException {
        return result.getLong(column);
    }

    Optional<Long> optionalNumber(String column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? Optional.empty() : Optional.of(value);
    }

    double fraction(String column) throws SQLException {
        return result.getDouble(column);
    }

    boolean flag(String column) throws SQLException {
        return result.getBoolean(column);
    }

    Optional<Boolean> optionalFlag(String column) throws SQLException {
        boolean value = result.getBoolean(column);
        return result.wasNull() ? Optional.empty() : Optional.of(value);
    }

    Optional<byte[]> bytes(String column) throws SQLException {
        return Optional.ofNullable(result.getBytes(column));
    }

    Optional<Instant> instant(String column) throws SQLException {
        return Optional.ofNullable(result.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
