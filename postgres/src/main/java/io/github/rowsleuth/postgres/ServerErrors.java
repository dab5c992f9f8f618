package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in words why a server could not be asked. Words of our own, so that nothing secret is repeated. */
final class ServerErrors {

    private ServerErrors() {}

    static ProbeUnavailableException unavailable(String source, SQLException error) {
        String state = Optional.ofNullable(error.getSQLState()).orElse("unknown");
        String expected = "expected a PostgreSQL server at " + source + ", found ";
        return switch (state) {
            case "08001" ->
                new ProbeUnavailableException(
                        expected + atTheNetwork(error),
                        "check host and port, that the server runs, listen_addresses, and the firewall",
                        error);
            case "3D000" ->
                new ProbeUnavailableException(
                        "expected the database of " + source + ", found a server without a database of that name",
                        "correct the name in the URL (psql -l lists them); if the name is right, the database was dropped",
                        error);
            case "28P01" ->
                new ProbeUnavailableException(
                        "the server at " + source + " refused the password" + serverSays(error),
                        "check user and password; a role without a password can not log in this way",
                        error);
            case "28000" ->
                new ProbeUnavailableException(
                        "the server at " + source + " refused the role" + serverSays(error),
                        "check the role, that it has LOGIN, and that pg_hba.conf lets it in from this host",
                        error);
            case "42501" ->
                new ProbeUnavailableException(
                        "the server at " + source + " denied access" + serverSays(error),
                        "GRANT CONNECT ON DATABASE … TO the role",
                        error);
            case "53300" ->
                new ProbeUnavailableException(
                        "all connection slots of " + source + " are taken" + serverSays(error),
                        "ask again when one is free; do not restart the server for it, that could destroy evidence",
                        error);
            case "57P03" ->
                new ProbeUnavailableException(
                        "the server at " + source + " is starting, stopping or recovering" + serverSays(error),
                        "ask again when it accepts connections",
                        error);
            default ->
                new ProbeUnavailableException(
                        broken(state)
                                ? "the connection to " + source + " broke (state " + state + ")" + serverSays(error)
                                : "the server at " + source + " could not be asked (state " + state + ")"
                                        + serverSays(error),
                        remedy(state),
                        error);
        };
    }

    private static boolean broken(String state) {
        return state.equals("08006") || state.startsWith("57P") || state.startsWith("25P0");
    }

    private static String remedy(String state) {
        if (state.equals("08004")) {
            return "give user and password with Postgres.at(url, user, password), and check sslmode and pg_hba.conf";
        }
        return broken(state)
                ? "look into the server log for a crash or a restart, which would have zeroed the counters; ask again"
                : "look into the server log at this moment, and ask again";
    }

    private static String atTheNetwork(SQLException error) {
        for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "a host name that does not resolve";
            }
            if (cause instanceof SocketTimeoutException) {
                return "no answer in time";
            }
            if (cause instanceof ConnectException) {
                return "nothing that listens there (connection refused)";
            }
        }
        return "no way to connect";
    }

    // Only what the server itself wrote, which knows names and never a password; not what the driver says.
    private static String serverSays(SQLException error) {
        String state = Optional.ofNullable(error.getSQLState()).orElse("08");
        boolean driver = state.startsWith("08") || state.startsWith("22");
        return Optional.ofNullable(error.getMessage())
                .filter(message -> !driver)
                .flatMap(message -> message.lines().findFirst())
                .map(line -> ": " + line)
                .orElse("");
    }
}
