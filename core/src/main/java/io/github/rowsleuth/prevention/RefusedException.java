package io.github.rowsleuth.prevention;

/** Something was not done, because it would not have been safe. Nothing was changed, unless the message says so. */
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message what was expected, what was found, what to do
     */
    public RefusedException(String message) {
        super(message);
    }

    /**
     * Says why, and what went wrong.
     *
     * @param message what was expected, what was found, what to do
     * @param cause what went wrong
     */
    public RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
