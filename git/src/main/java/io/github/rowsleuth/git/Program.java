package io.github.rowsleuth.git;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is looked at of a program.
 *
 * @param literals its string literals, comments and documentation left out
 * @param calls its calls
 * @param passedTo the names that each call is given as arguments, by the simple name of the call
 * @param aliases names that stand for an element of another one, as in {@code for s in statements}
 */
record Program(
        List<Literal> literals, List<Call> calls, Map<String, Set<String>> passedTo, Map<String, String> aliases) {

    Program {
        literals = List.copyOf(literals);
        calls = List.copyOf(calls);
        passedTo = Map.copyOf(passedTo);
        aliases = Map.copyOf(aliases);
    }
}
