package io.github.rowsleuth.postgres.guard;

import io.github.rowsleuth.prevention.RefusedException;

/** A layer of guard did not hold, and nothing was deleted. */
public class GuardException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final Layer layer;

    /**
     * Says which layer, and why.
     *
     * @param layer the layer
     * @param message what was expected, what was found, what to do
     */
    public GuardException(Layer layer, String message) {
        super(layer + ": " + message);
        this.layer = layer;
    }

    /**
     * Says which layer, and what went wrong.
     *
     * @param layer the layer
     * @param message what was expected, what was found, what to do
     * @param cause what went wrong
     */
    public GuardException(Layer layer, String message, Throwable cause) {
        super(layer + ": " + message, cause);
        this.layer = layer;
    }

    /** {@return the layer that did not hold} */
    public Layer layer() {
        return layer;
    }
}
