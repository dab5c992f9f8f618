package io.github.rowsleuth.probe;

/** Which files could have destroyed the data. A lambda will do. */
@FunctionalInterface
public interface ScriptFinder extends Probe<Scripts> {

    @Override
    default Class<Scripts> answerType() {
        return Scripts.class;
    }
}
