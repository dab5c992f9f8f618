package io.github.rowsleuth.postgres.watch;

import java.sql.SQLException;
import java.util.Optional;

/** Says in words why the server would not let itself be watched. */
final class Refusals {

    private Refusals() {}

    static WatchException ofWatch(SQLException error) {
        return refusal("the watch", "connect, and own the tables or be a superuser", error);
    }

    static WatchException ofWal(SQLException error) {
        return refusal(
                "reading the write-ahead log",
                "be a superuser, or be a role with REPLICATION and pg_read_server_files where the extension pg_walinspect"
                        + " is installed, with wal_level = replica or logical; or watch with triggers only",
                error);
    }

    static WatchException ofSlot(SQLException error) {
        return refusal(
                "decoding the write-ahead log",
                "be a superuser or a role with REPLICATION, with wal_level = logical and a free replication slot; or watch"
                        + " with triggers only",
                error);
    }

    private static WatchException refusal(String what, String remedy, SQLException error) {
        String state = Optional.ofNullable(error.getSQLState()).orElse("unknown");
        return new WatchException(
                "expected a server that allows " + what + ", found state " + state + serverSays(error, state)
                        + "; to do so, " + remedy,
                error);
    }

    // Only what the server itself wrote, which knows names and never a password.
    private static String serverSays(SQLException error, String state) {
        return Optional.ofNullable(error.getMessage())
                .filter(message -> !state.startsWith("08") && !state.startsWith("22"))
                .flatMap(message -> message.lines().findFirst())
                .map(line -> " (" + line + ")")
                .orElse("");
    }
}
