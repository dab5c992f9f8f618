package io.github.rowsleuth.git.code;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is looked at of a program.
 *
 * @param source its text
 * @param literals its strings, comments left out
 * @param calls its calls, in the order in which they end
 * @param file the block of the whole file
 * @param constants the strings that a name stands for: one, or the elements of a list
 * @param assigned the expression that a name was given last, shortened
 * @param aliases names that stand for an element of another one, as in {@code for s in statements}
 * @param passedTo the names that each call is given, by the simple name of the call
 * @param remarks its comments
 */
public record Program(
        String source,
        List<Literal> literals,
        List<Call> calls,
        Block file,
        Map<String, List<String>> constants,
        Map<String, String> assigned,
        Map<String, String> aliases,
        Map<String, Set<String>> passedTo,
        List<Remark> remarks) {

    /** Copies the lists. */
    public Program {
        literals = List.copyOf(literals);
        calls = List.copyOf(calls);
        remarks = List.copyOf(remarks);
    }

    /** {@return a text that is no program} */
    static Program none(String source) {
        return new Program(
                source, List.of(), List.of(), Block.file(), Map.of(), Map.of(), Map.of(), Map.of(), List.of());
    }
}
