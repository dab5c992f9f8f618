package io.github.rowsleuth;

/** Rows were lost, or nobody can tell, where a test expected that none are. */
public class UnexpectedDeletionError extends AssertionError {

    private static final long serialVersionUID = 1L;

    /**
     * Says what was lost.
     *
     * @param message one line for each violation
     */
    public UnexpectedDeletionError(String message) {
        super(message);
    }
}
