package io.github.rowsleuth.git;

import java.util.List;
import java.util.Map;

/**
 * A call in a program.
 *
 * @param name what is called, with its receivers: {@code op.drop_table}
 * @param line the line of its name
 * @param arguments its positional arguments: the value of a literal, else the text in braces
 * @param named its named arguments that are literals
 * @param function the outermost function that it stands in, empty where there is none
 */
record Call(String name, int line, List<String> arguments, Map<String, String> named, String function) {

    Call {
        arguments = List.copyOf(arguments);
        named = Map.copyOf(named);
    }

    /** The name without its receivers. */
    String simpleName() {
        return lastName(name);
    }

    static String lastName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
