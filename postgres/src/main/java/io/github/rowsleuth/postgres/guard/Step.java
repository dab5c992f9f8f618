package io.github.rowsleuth.postgres.guard;

/** The points of an execution at which a crash leaves something different behind. */
enum Step {
    REDEEMED,
    PROVEN,
    INTENDED,
    LOCKED,
    RECOUNTED,
    WRITTEN,
    RESTORED,
    BACKED_UP,
    DELETED,
    COUNTED,
    COMMITTING,
    COMMITTED,
    NOTED
}
