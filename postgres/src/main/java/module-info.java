/** PostgreSQL evidence. */
@org.jspecify.annotations.NullMarked
module io.github.rowsleuth.postgres {
    requires transitive io.github.rowsleuth.core;
    requires transitive java.sql;
    requires static org.immutables.value.annotations;
    requires static transitive org.jspecify;
    // The driver's data sources are made for JNDI.
    requires java.naming;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    // Only where tests use it, and then in their version.
    requires static org.junit.jupiter.api;

    exports io.github.rowsleuth.postgres;
    exports io.github.rowsleuth.postgres.backup;
    exports io.github.rowsleuth.postgres.guard;
    exports io.github.rowsleuth.postgres.junit;
    exports io.github.rowsleuth.postgres.watch;

    uses java.sql.Driver;
}
