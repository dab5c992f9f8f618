package io.github.rowsleuth.git.code;

import java.util.List;
import java.util.Optional;

/**
 * One name in a chain such as {@code session.query(User).delete()}.
 *
 * @param name the name
 * @param called whether it is called
 * @param arguments what it is given
 */
public record Link(String name, boolean called, List<Argument> arguments) {

    /** Copies the list. */
    public Link {
        arguments = List.copyOf(arguments);
    }

    /**
     * {@return the argument in that place, among those without a name}
     *
     * @param place from 0
     */
    public Optional<Argument> argument(int place) {
        return arguments.stream().filter(a -> a.name().isEmpty()).skip(place).findFirst();
    }

    /**
     * {@return the argument of that name}
     *
     * @param wanted the name
     */
    public Optional<Argument> named(String wanted) {
        return arguments.stream().filter(a -> a.name().equals(wanted)).findFirst();
    }
}
