package io.github.rowsleuth.probe;

/** Whether anything runs a script without a person. A lambda will do. */
@FunctionalInterface
public interface AutomationChecker extends Probe<Automation> {

    @Override
    default Class<Automation> answerType() {
        return Automation.class;
    }
}
