package io.github.rowsleuth.postgres.junit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of the sample tests, named by a system property, because they may run in a class loader of their own. */
public final class SampleDatabase {

    static final String URL = "rowsleuth.sample.url";

    private static final PGSimpleDataSource SOURCE = new PGSimpleDataSource();

    private SampleDatabase() {}

    static DataSource source() {
        SOURCE.setUrl(System.getProperty(URL));
        return SOURCE;
    }

    static void run(String... statements) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
