package io.github.rowsleuth.postgres.guard;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to execute one plan, once. Only {@link GuardedOperation#confirm} gives one. */
public final class OperationToken {

    private final OperationPlan plan;
    private final AtomicBoolean used = new AtomicBoolean();

    OperationToken(OperationPlan plan) {
        this.plan = plan;
    }

    OperationPlan redeem() {
        if (!used.compareAndSet(false, true)) {
            throw new GuardException(
                    Layer.CONFIRMATION, "expected a token that was not used, found one that was: make a new plan");
        }
        return plan;
    }

    /** {@return which plan it is for} */
    @Override
    public String toString() {
        return "OperationToken[" + plan.id() + "]";
    }
}
