package io.github.rowsleuth;

import java.util.List;

/**
 * What contradicts the expectation that no row was lost. Insufficient evidence is a violation too: a test must not pass
 * because nobody looked.
 *
 * @param messages one sentence for each violation
 */
public record Violations(List<String> messages) {

    /** Copies the list. */
    public Violations {
        messages = List.copyOf(messages);
    }

    /** {@return whether there is one} */
    public boolean isPresent() {
        return !messages.isEmpty();
    }

    /**
     * Fails if there is one.
     *
     * @throws UnexpectedDeletionError that lists all of them
     */
    public void throwIfPresent() {
        if (isPresent()) {
            throw new UnexpectedDeletionError(String.join(System.lineSeparator(), messages));
        }
    }
}
