package io.github.rowsleuth.probe;

import java.util.List;

record NamedProbe<T>(String id, Probe<T> probe) implements Probe<T> {

    @Override
    public Class<T> answerType() {
        return probe.answerType();
    }

    @Override
    public T examine(Examination examination) throws Exception {
        return probe.examine(examination);
    }

    @Override
    public Volatility volatility() {
        return probe.volatility();
    }

    @Override
    public List<Class<?>> buildsOn() {
        return probe.buildsOn();
    }
}
