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

    private record Words(String reason, String remedy) {}

    static ProbeUnavailableException unavailable(String source, SQLException error) {
        String state = Optional.ofNullable(error.getSQLState()).orElse("unknown");
        Words words = words(source, state, error);
        return new ProbeUnavailableException(words.reason() + serverSays(error), words.remedy(), error);
    }

    /** Whether the error is of the connection, and not of what was asked. */
    static boolean lost(SQLException error) {
        String state = state(error);
        return state.startsWith("08") || state.startsWith("57P") || state.startsWith("25P");
    }

    /** Its SQLSTATE; that of a broken connection where it has none. */
    static String state(SQLException error) {
        return Optional.ofNullable(error.getSQLState()).orElse("08");
    }

    private static Words words(String source, String state, SQLException error) {
        return switch (state) {
            case "08001" ->
                new Words(
                        "expected a PostgreSQL server at " + source + ", found " + atTheNetwork(error),
                        "check host and port, that the server runs, listen_addresses, and the firewall");
            case "3D000" ->
                new Words(
                        "expected the database of " + source + ", found a server without a database of that name",
                        "correct the name in the URL (psql -l lists them); if it is right, the database was dropped");
            case "28P01" ->
                new Words(
                        "the server at " + source + " refused the password",
                        "check user and password; a role without a password can not log in this way");
            case "28000" ->
                new Words(
                        "the server at " + source + " refused the role",
                        "check the role, that it has LOGIN, and that pg_hba.conf lets it in from this host");
            case "42501" ->
                new Words("the server at " + source + " denied access", "GRANT CONNECT ON DATABASE … TO the role");
            case "53300" ->
                new Words(
                        "all connection slots of " + source + " are taken",
                        "ask again when one is free; do not restart the server for it, that could destroy evidence");
            case "57P03" ->
                new Words(
                        "the server at " + source + " is starting, stopping or recovering",
                        "ask again when it accepts connections");
            default ->
                new Words(
                        broken(state)
                                ? "the connection to " + source + " broke (state " + state + ")"
                                : "the server at " + source + " could not be asked (state " + state + ")",
                        remedy(state));
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
        String state = state(error);
        boolean driver = state.startsWith("08") || state.startsWith("22");
        return Optional.ofNullable(error.getMessage())
                .filter(message -> !driver)
                .flatMap(message -> message.lines().findFirst())
                .map(line -> ": " + line)
                .orElse("");
    }
}
