package io.github.rowsleuth.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

record GivenDataSource(DataSource dataSource) implements ConnectionSource {

    @Override
    public Connection open(Duration patience) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!product.toLowerCase(Locale.ROOT).contains("postgresql")) {
                throw new SQLException("expected a data source of PostgreSQL, found one of " + product, "08004");
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "the given data source";
    }

    @Override
    public String name(Connection connection) throws SQLException {
        // What stands behind the question mark may hold a password.
        String url = Optional.ofNullable(connection.getMetaData().getURL()).orElse("");
        int query = url.indexOf('?');
        try {
            return ConnectionSettings.parse(query < 0 ? url : url.substring(0, query))
                    .name();
        } catch (IllegalArgumentException e) {
            return "postgresql://(data source)/" + connection.getCatalog();
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
