package io.github.rowsleuth.postgres.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Something that happens in a database, and what a watch must see of it.
 *
 * @param name what happens
 * @param since the first major on which it can
 * @param setup what is there before
 * @param act what happens during the watch
 * @param seen what triggers see of it, without schema and sorted
 * @param logged what the write-ahead log shows of it
 * @param decoded what logical decoding shows of it
 */
record Scenario(
        String name,
        int since,
        List<String> setup,
        Act act,
        List<String> seen,
        List<String> logged,
        List<String> decoded) {

    /** What happens; what it returns is closed after the watch has looked. */
    @FunctionalInterface
    interface Act {
        AutoCloseable in(Sandbox database) throws Exception;
    }

    static Scenario of(String name, String... setup) {
        return new Scenario(name, 13, List.of(setup), database -> () -> {}, List.of(), List.of(), List.of());
    }

    Scenario from(int major) {
        return new Scenario(name, major, setup, act, seen, logged, decoded);
    }

    /** In a connection of its own, which is then closed. */
    Scenario doing(String... statements) {
        return acting(database -> {
            database.run(statements);
            return () -> {};
        });
    }

    /** In a connection that stays open, and without a commit where the statements leave a transaction. */
    Scenario doingAndStaying(String... statements) {
        return acting(database -> {
            Connection connection = database.connect();
            run(connection, statements);
            return connection;
        });
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Scenario acting(Act other) {
        return new Scenario(name, since, setup, other, seen, logged, decoded);
    }

    /** Everybody sees the same. */
    Scenario seenAs(String... what) {
        return new Scenario(name, since, setup, act, List.of(what), List.of(what), List.of(what));
    }

    /** The log names other tables, or knows no number of rows. */
    Scenario loggedAs(String... what) {
        return new Scenario(name, since, setup, act, seen, List.of(what), List.of(what));
    }

    /** Decoding shows something else again. */
    Scenario decodedAs(String... what) {
        return new Scenario(name, since, setup, act, seen, logged, List.of(what));
    }

    @Override
    public String toString() {
        return name;
    }
}
