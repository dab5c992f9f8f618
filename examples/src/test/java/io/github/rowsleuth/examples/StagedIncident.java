package io.github.rowsleuth.examples;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.InvestigationListener;
import io.github.rowsleuth.git.GitRepository;
import io.github.rowsleuth.logs.PostgresLogs;
import io.github.rowsleuth.postgres.Postgres;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An incident that really happened, staged again on a real PostgreSQL with its own log and in a real repository: rows of
 * six tables are gone, a cleanup script lies in the repository, and everybody believes that it did it.
 */
final class StagedIncident implements AutoCloseable {

    private final PostgresServer server;
    private final String database;
    private final Path repository;
    private final Instant seen;
    private final Instant missed;

    private StagedIncident(PostgresServer server, String database, Path repository, Instant seen, Instant missed) {
        this.server = server;
        this.database = database;
        this.repository = repository;
        this.seen = seen;
        this.missed = missed;
    }

    static StagedIncident stage() throws IOException, SQLException {
        int major = Integer.getInteger("rowsleuth.example.major", 16);
        PostgresServer server = PostgresFixture.start(
                major,
                Map.of(
                        "log_statement",
                        "none",
                        "log_checkpoints",
                        "on",
                        "autovacuum",
                        "off",
                        "log_line_prefix",
                        "%m [%p] "));
        Path repository = Files.createTempDirectory("rowsleuth incident");
        try {
            StagedRepository.build(repository);
            String database = server.createDatabase();
            StagedDatabase staged = new StagedDatabase(server, database);
            staged.live();
            Instant seen = Instant.now();
            staged.lose();
            return new StagedIncident(server, database, repository, seen, Instant.now());
        } catch (IOException | SQLException | RuntimeException e) {
            new StagedIncident(server, "", repository, Instant.EPOCH, Instant.EPOCH).close();
            throw e;
        }
    }

    /** {@return what somebody types who knows that two tables are empty} */
    Findings investigate(InvestigationListener listener) {
        return Investigation.of("migration.assets", "migration.data_imports")
                .lostBetween(seen, missed)
                .probes(Postgres.at(url()))
                .probes(GitRepository.at(repository))
                .probes(PostgresLogs.in(log()))
                .listener(listener)
                .run();
    }

    String url() {
        return server.jdbcUrl(database).replace("user=" + server.superuser(), "user=auditor");
    }

    Path repository() {
        return repository;
    }

    Path log() {
        return server.logFile();
    }

    Instant seen() {
        return seen;
    }

    Instant missed() {
        return missed;
    }

    @Override
    public void close() {
        server.close();
        try (Stream<Path> files = Files.walk(repository)) {
            files.sorted(Comparator.reverseOrder()).forEach(StagedIncident::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
