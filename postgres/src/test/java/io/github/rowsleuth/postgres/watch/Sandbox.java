package io.github.rowsleuth.postgres.watch;

import com.zaxxer.hikari.HikariDataSource;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of the fixture in which a test may do what it likes. */
public record Sandbox(PostgresServer server, String name) {

    /** The newest major that is tested, for what is alike on all. */
    public static int newest() {
        return PostgresFixture.majors().get(PostgresFixture.majors().size() - 1);
    }

    /** An empty database on the shared server of that major. */
    public static Sandbox on(int major) {
        return on(PostgresFixture.shared(major));
    }

    public static Sandbox on(PostgresServer server) {
        return new Sandbox(server, server.createDatabase());
    }

    /** Connections of the superuser. */
    public DataSource dataSource() {
        return dataSource(source -> {});
    }

    public DataSource dataSource(Consumer<PGSimpleDataSource> settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl(name));
        settings.accept(source);
        return source;
    }

    /** Pooled connections of the superuser. */
    HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(server.jdbcUrl(name));
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(0);
        return pool;
    }

    Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    /** Runs statements in one connection, each for itself. */
    public Sandbox run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }

    /** The first value of a query. */
    public String value(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }
}
