package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.examples.History;
import io.github.rowsleuth.git.GitRepository;
import io.github.rowsleuth.logs.PostgresLogs;
import io.github.rowsleuth.postgres.Postgres;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One incident in a database and a repository of its own. What leads up to the loss is done at once, the loss when
 * {@link #lose()} is called, so that the incidents of a server overlap in time.
 */
final class Stage {

    /** One step towards the loss. */
    @FunctionalInterface
    interface Step {
        void take() throws Exception;
    }

    private StagedServer server;
    private String database;
    private final Repository repository;
    private final List<Step> loss = new ArrayList<>();
    private List<String> lost = List.of();
    private Instant seen = Instant.MAX;
    private Instant missed = Instant.MAX;

    Stage(StagedServer server, Path folder) throws Exception {
        this.server = server;
        this.database = server.newDatabase();
        this.repository = new Repository(folder);
    }

    /** Moves everything from here on to a server of its own. */
    Stage on(StagedServer other, String otherDatabase) {
        this.server = other;
        this.database = otherDatabase;
        return this;
    }

    /** Runs statements in one session. */
    Stage run(String... statements) throws SQLException {
        server.run(database, "", statements);
        return this;
    }

    /** A table with a key and so many rows. */
    Stage table(String name, int rows) throws SQLException {
        return run(
                "create table " + name + "(id int primary key, kind text, note text)",
                "insert into " + name + " select n, 'stage', 'x' from generate_series(1, " + rows + ") n");
    }

    /** What the log of this database is told to show: none, ddl, mod. */
    Stage logging(String statements) throws SQLException {
        return run("alter database " + database + " set log_statement = '" + statements + "'");
    }

    Stage counting() throws SQLException {
        return run("alter database " + database + " set pg_stat_statements.track = 'top'");
    }

    Stage file(String path, String content) {
        repository.file(path, content);
        return this;
    }

    Stage without(String path) {
        repository.without(path);
        return this;
    }

    Stage committed(String message, Duration ago) {
        repository.commit(message, ago);
        return this;
    }

    /** Files that look as if they had done it; only the repository with decoys has them. */
    Stage decoys(Decoys decoys) {
        repository.decoys(decoys);
        return this;
    }

    /** The tables that somebody misses rows of. */
    Stage missing(String... tables) {
        lost = List.of(tables);
        return this;
    }

    /** Rows were seen last at that time, and not just now. */
    Stage seen(Instant at) {
        seen = at;
        return this;
    }

    /** What the loss is: statements of one session that calls itself so. */
    Stage then(String application, String... statements) {
        return then(() -> server.run(database, application, statements));
    }

    Stage then(Step step) {
        loss.add(step);
        return this;
    }

    /** A statement that is refused. */
    Stage thenRefused(String application, String statement) {
        return then(() -> {
            try {
                server.run(database, application, statement);
            } catch (SQLException refused) {
                return;
            }
            throw new IllegalStateException("the server accepted what it should have refused: " + statement);
        });
    }

    /** From here on rows are missed. */
    void seenLast() throws SQLException {
        server.awaitAlone(database);
        if (seen.equals(Instant.MAX)) {
            seen = Instant.now();
        }
    }

    void lose() throws Exception {
        for (Step step : loss) {
            step.take();
        }
        server.awaitAlone(database);
        missed = Instant.now();
    }

    Instant lastSeen() {
        return seen;
    }

    String database() {
        return database;
    }

    PostgresServer server() {
        return server.server();
    }

    Findings investigate(Cell cell) throws SQLException {
        if (cell == Cell.COUNTERS_LOST) {
            run("select pg_stat_reset()");
        }
        Investigation begun = Investigation.of(lost.toArray(String[]::new)).lostBetween(seen, missed);
        Postgres postgres = Postgres.at(cell == Cell.NO_SUPERUSER ? server.plainUrl(database) : server.url(database));
        begun = begun.probes(postgres).probe(postgres.appliedMigrations());
        if (cell != Cell.NO_REPOSITORY) {
            begun = begun.probes(GitRepository.at(cell == Cell.DECOYS ? repository.withDecoys() : repository.plain()));
        }
        if (cell != Cell.NO_LOGS) {
            begun = begun.probes(PostgresLogs.in(server.server().logFile()).withPrefix(StagedServer.PREFIX));
        }
        return begun.run();
    }

    /** The same commits twice: without and with decoys, which were there before anything else. */
    private static final class Repository {

        private final Path plain;
        private final Path decoyed;
        private final History history;
        private final History withDecoys;

        Repository(Path folder) throws Exception {
            plain = folder.resolve("plain");
            decoyed = folder.resolve("decoyed");
            history = History.in(plain);
            withDecoys = History.in(decoyed);
        }

        void decoys(Decoys decoys) {
            decoys.files().forEach(withDecoys::edit);
            commit(withDecoys, "Begin", Duration.ofDays(200));
        }

        void file(String path, String content) {
            history.edit(path, content);
            withDecoys.edit(path, content);
        }

        void without(String path) {
            history.without(path);
            withDecoys.without(path);
        }

        void commit(String message, Duration ago) {
            commit(history, message, ago);
            commit(withDecoys, message, ago);
        }

        private static void commit(History history, String message, Duration ago) {
            Instant when = Instant.ofEpochSecond(Instant.now().minus(ago).getEpochSecond());
            history.commit("main", "Ada", when.toString(), message);
        }

        Path plain() {
            return plain;
        }

        Path withDecoys() {
            return decoyed;
        }
    }
}
