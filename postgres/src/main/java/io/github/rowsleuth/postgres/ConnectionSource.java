package io.github.rowsleuth.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Leads to a connection of our own. Its name holds neither user nor password. */
sealed interface ConnectionSource permits ConnectionSettings, GivenDataSource {

    /** Connects, and gives up when the patience is at its end. */
    Connection open(Duration patience) throws SQLException;

    /** What is known of the other end before anything connects. */
    String name();

    /** The source as evidence names it, {@code postgresql://host:port/database}. */
    String name(Connection connection) throws SQLException;

    /** The same way for others than the probes of this module. */
    DataSource dataSource();
}
