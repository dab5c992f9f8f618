/** Git evidence. */
@org.jspecify.annotations.NullMarked
module io.github.rowsleuth.git {
    requires transitive io.github.rowsleuth.core;
    requires static transitive org.jspecify;
    requires com.cronutils;
    requires com.fasterxml.jackson.core;
    requires org.eclipse.jgit;
    requires java.xml;
    requires org.slf4j;
    requires org.snakeyaml.engine;

    exports io.github.rowsleuth.git;
}
