package io.github.rowsleuth.git;

import java.util.List;

/**
 * A string literal of a program, put together from its pieces.
 *
 * @param text what it holds, places that are filled in at run time kept as holes
 * @param calls the calls it is an argument of, the outermost first
 * @param target the variable that it becomes a part of, empty where there is none
 * @param function the outermost function that it stands in, empty where there is none
 */
record Literal(CodeText text, List<String> calls, String target, String function) {

    Literal {
        calls = List.copyOf(calls);
    }
}
