package io.github.rowsleuth;

/** An investigation was put together wrongly. Sources that are down never cause this. */
public class InvestigationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message what was expected, what was found, what to do
     */
    public InvestigationException(String message) {
        super(message);
    }
}
