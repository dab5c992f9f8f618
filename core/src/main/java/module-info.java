/** The probe SPI, the evidence, the reasoning and the reports of Rowsleuth. */
@org.jspecify.annotations.NullMarked
module io.github.rowsleuth.core {
    requires static org.immutables.value.annotations;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires java.xml;
    requires org.slf4j;

    exports io.github.rowsleuth;
    exports io.github.rowsleuth.evidence;
    exports io.github.rowsleuth.hypothesis;
    exports io.github.rowsleuth.imports;
    exports io.github.rowsleuth.incident;
    exports io.github.rowsleuth.preservation;
    exports io.github.rowsleuth.prevention;
    exports io.github.rowsleuth.probe;
    exports io.github.rowsleuth.recovery;
    exports io.github.rowsleuth.server;
    exports io.github.rowsleuth.sql;
    exports io.github.rowsleuth.transaction;
}
