package io.github.rowsleuth.postgres.watch;

/** A database could not be watched, so nothing can be said about deletions in it. */
public class WatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message what was expected, what was found, what to do
     */
    public WatchException(String message) {
        super(message);
    }

    /**
     * Says why, and what the server said.
     *
     * @param message what was expected, what was found, what to do
     * @param cause what the driver threw
     */
    public WatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
