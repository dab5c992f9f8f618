package io.github.rowsleuth.git.code;

import java.util.List;
import java.util.Optional;

/**
 * A command of a shell.
 *
 * @param words its words, quotes taken off, assignments before it left out
 * @param input the text that it is fed with, by a here-document or a here-string
 * @param pipeline the names of the commands that its output goes through
 * @param output the file that its output is written to, empty where it is not
 * @param block where it stands
 * @param start where it begins in the source
 */
public record Command(
        List<CodeText> words, Optional<CodeText> input, List<String> pipeline, String output, Block block, int start) {

    /** Copies the lists. */
    public Command {
        words = List.copyOf(words);
        pipeline = List.copyOf(pipeline);
    }

    /** {@return the name of the program, without its folder} */
    public String name() {
        String first = words.isEmpty() ? "" : words.get(0).toString();
        return first.substring(first.lastIndexOf('/') + 1);
    }

    /** {@return its words as texts} */
    public List<String> texts() {
        return words.stream().map(CodeText::toString).toList();
    }

    /** {@return the line it begins on} */
    public int line() {
        return words.isEmpty() ? 1 : words.get(0).lineAt(0);
    }
}
