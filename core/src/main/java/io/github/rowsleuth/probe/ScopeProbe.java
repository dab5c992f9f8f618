package io.github.rowsleuth.probe;

/** Which tables there are, what the catalogs know of them, and how they hang together. A lambda will do. */
@FunctionalInterface
public interface ScopeProbe extends Probe<Scope> {

    @Override
    default Class<Scope> answerType() {
        return Scope.class;
    }
}
