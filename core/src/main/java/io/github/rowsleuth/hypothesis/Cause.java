package io.github.rowsleuth.hypothesis;

/** Why rows are gone. */
public enum Cause {
    /** Somebody ran a script by hand. */
    MANUAL_SCRIPT,
    /** Something ran a script or a statement without a person: a schedule, a deployment, a start of the application. */
    AUTOMATED_JOB,
    /** The upgrade of a migration. */
    MIGRATION_UPGRADE,
    /** The downgrade of a migration. */
    MIGRATION_ROLLBACK,
    /** A DELETE of a parent took its children along. */
    FOREIGN_KEY_CASCADE,
    /** A TRUNCATE … CASCADE of a table took those along that reference it. */
    TRUNCATE_CASCADE,
    /** A test suite that was connected to the wrong database. */
    TEST_SUITE,
    /** The schema was dropped and made anew. */
    SCHEMA_RESET,
    /** The cluster is a new one. */
    CLUSTER_RECREATED,
    /** An old backup was restored over newer data. */
    RESTORED_OLD_BACKUP,
    /** A statement typed or sent by a client. */
    DIRECT_STATEMENT,
    /** The server crashed, and with it went what no log protects. */
    SERVER_CRASH,
    /** Nothing is lost. */
    NOT_A_LOSS
}
