package io.github.rowsleuth.postgres.guard;

/**
 * The connection broke while the deletion was committed: it may have happened, or not. Do not run it again; the message
 * tells how to find out.
 */
public class OutcomeUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says how to find out.
     *
     * @param message the steps
     * @param cause what broke
     */
    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
