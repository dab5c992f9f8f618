/** Log evidence. */
@org.jspecify.annotations.NullMarked
module io.github.rowsleuth.logs {
    requires transitive io.github.rowsleuth.core;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;

    exports io.github.rowsleuth.logs;
    exports io.github.rowsleuth.logs.application;
}
