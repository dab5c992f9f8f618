/** Git evidence. */
@org.jspecify.annotations.NullMarked
module io.github.rowsleuth.git {
    requires transitive io.github.rowsleuth.core;
    requires static transitive org.jspecify;
    requires org.eclipse.jgit;
    requires org.slf4j;

    exports io.github.rowsleuth.git;
}
