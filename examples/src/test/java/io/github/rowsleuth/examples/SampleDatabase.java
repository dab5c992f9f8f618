package io.github.rowsleuth.examples;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A PostgreSQL for the sample tests: a container of Testcontainers where Docker answers, else an embedded server. */
final class SampleDatabase {

    private static final int MAJOR = 16;

    private SampleDatabase() {}

    static DataSource open() {
        return DockerClientFactory.instance().isDockerAvailable() ? inContainer() : embedded();
    }

    private static DataSource inContainer() {
        // Testcontainers stops it when the JVM ends.
        @SuppressWarnings("resource")
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + MAJOR);
        container.start();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(container.getJdbcUrl());
        source.setUser(container.getUsername());
        source.setPassword(container.getPassword());
        return source;
    }

    private static DataSource embedded() {
        PostgresServer server = PostgresFixture.shared(MAJOR);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.jdbcUrl(server.createDatabase()));
        return source;
    }
}
