package io.github.rowsleuth.git.code;

import java.util.List;

/**
 * A string of a program, put together from its pieces.
 *
 * @param text what it holds, places that are filled in at run time kept as holes
 * @param calls the calls it is an argument of, the outermost first, with their receivers
 * @param target the variable that it becomes a part of, empty where there is none
 * @param block where it stands
 * @param bare whether it is a statement of its own: documentation
 * @param start where it begins in the source
 */
public record Literal(CodeText text, List<String> calls, String target, Block block, boolean bare, int start) {

    /** Copies the list. */
    public Literal {
        calls = List.copyOf(calls);
    }

    /** {@return the names of the calls, without receivers} */
    public List<String> callNames() {
        return calls.stream().map(c -> c.substring(c.lastIndexOf('.') + 1)).toList();
    }

    /** {@return the line it begins on} */
    public int line() {
        return text.lineAt(0);
    }
}
