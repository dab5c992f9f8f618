/** PostgreSQL evidence. */
@org.jspecify.annotations.NullMarked
module io.github.rowsleuth.postgres {
    requires transitive io.github.rowsleuth.core;
    requires transitive java.sql;
    requires static org.immutables.value.annotations;
    requires static transitive org.jspecify;
    requires org.postgresql.jdbc;
    requires org.slf4j;

    exports io.github.rowsleuth.postgres;
    exports io.github.rowsleuth.postgres.watch;

    uses java.sql.Driver;
}
