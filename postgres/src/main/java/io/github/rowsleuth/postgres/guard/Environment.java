package io.github.rowsleuth.postgres.guard;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Proves from the server's side that a database may be harmed. Names of hosts and variables can only deny. */
final class Environment {

    private static final String IDENTITY = """
            select (select system_identifier from pg_control_system())::text, current_database()::text, pg_is_in_recovery(),
                   (select bool_or(rolsuper) from pg_roles where rolname in (current_user, session_user)),
                   pg_backend_pid(), to_regclass('rowsleuth_guard.disposable') is not null""";

    private static final String MARKED = """
            select count(*) = 1 from rowsleuth_guard.disposable
             where marker = ? and system_identifier = ? and database = ?""";

    private record Server(
            String systemIdentifier,
            String database,
            boolean standby,
            boolean superuser,
            int backend,
            boolean marked) {}

    private final GuardSettings settings;

    Environment(GuardSettings settings) {
        this.settings = settings;
    }

    /** The database, which is on the list, says so itself, and is not more than it seems. */
    DisposableDatabase proven(GuardSession session) {
        settings.terminal().denial().ifPresent(variable -> {
            throw refused("the environment variable " + variable + " speaks of production");
        });
        try {
            return proven(session, session.row(IDENTITY, Environment::server));
        } catch (SQLException e) {
            throw new GuardException(
                    Layer.ENVIRONMENT,
                    "expected a server that tells who it is, found that it does not (state " + e.getSQLState() + ")",
                    e);
        }
    }

    private static Server server(ResultSet row) throws SQLException {
        return new Server(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getInt(5),
                row.getBoolean(6));
    }

    private DisposableDatabase proven(GuardSession session, Server server) throws SQLException {
        if (Terminal.production(session.url()) || Terminal.production(server.database())) {
            throw refused("the host or the database has a name that speaks of production");
        }
        if (server.standby()) {
            throw refused("the server is in recovery: a standby, or one that is being restored");
        }
        if (server.superuser()) {
            throw refused("the role is a superuser, whom nothing holds back: use one that owns no more than it needs");
        }
        if (server.backend() != session.backendOfDriver()) {
            throw refused("there is a pooler between: what is proven of one server could be done to another");
        }
        DisposableDatabase listed = listed(server)
                .orElseThrow(() -> refused("the database " + server.database() + " of cluster "
                        + server.systemIdentifier() + " is not on the list of those that may be harmed"));
        if (!server.marked()
                || !session.row(
                        MARKED,
                        row -> row.getBoolean(1),
                        listed.marker(),
                        listed.systemIdentifier(),
                        listed.database())) {
            throw refused(
                    "the database does not carry its marker, or one that was written for another database: let its"
                            + " owner run DisposableDatabase.marking()");
        }
        return listed;
    }

    private Optional<DisposableDatabase> listed(Server server) {
        List<DisposableDatabase> listed = settings.disposable().stream()
                .filter(d -> d.systemIdentifier().equals(server.systemIdentifier())
                        && d.database().equals(server.database()))
                .toList();
        return listed.size() == 1 ? Optional.of(listed.get(0)) : Optional.empty();
    }

    private static GuardException refused(String found) {
        return new GuardException(
                Layer.ENVIRONMENT,
                "expected a database that proves to be disposable, found that " + found
                        + ". It is taken for production");
    }
}
