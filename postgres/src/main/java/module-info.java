/** PostgreSQL evidence. */
@org.jspecify.annotations.NullMarked
module io.github.rowsleuth.postgres {
    requires transitive io.github.rowsleuth.core;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires java.naming; // PGSimpleDataSource implements javax.naming.Referenceable
    requires org.postgresql.jdbc;
    requires org.slf4j;

    exports io.github.rowsleuth.postgres;
}
