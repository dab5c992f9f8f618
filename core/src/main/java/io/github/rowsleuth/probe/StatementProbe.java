package io.github.rowsleuth.probe;

/** Which destructive statements were seen, failed ones included. A lambda will do. */
@FunctionalInterface
public interface StatementProbe extends Probe<Statements> {

    @Override
    default Class<Statements> answerType() {
        return Statements.class;
    }
}
