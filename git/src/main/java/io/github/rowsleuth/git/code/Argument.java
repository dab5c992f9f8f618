package io.github.rowsleuth.git.code;

import java.util.List;
import java.util.Optional;

/**
 * What a call is given.
 *
 * @param name the name it is given under, empty for one that is told by its place
 * @param source the expression as it stands, shortened
 * @param literals the strings in it that are no arguments of a call within
 */
public record Argument(String name, String source, List<String> literals) {

    /** Copies the list. */
    public Argument {
        literals = List.copyOf(literals);
    }

    /** {@return the string that it is, if it is nothing else} */
    public Optional<String> literal() {
        boolean only = literals.size() == 1 && !source.isEmpty() && "[{(".indexOf(source.charAt(0)) < 0;
        return only ? Optional.of(literals.get(0)) : Optional.empty();
    }

    /** {@return the value: the string that it is, else the expression} */
    public String value() {
        return literal().orElse(source);
    }
}
