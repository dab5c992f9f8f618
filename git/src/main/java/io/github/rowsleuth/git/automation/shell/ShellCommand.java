package io.github.rowsleuth.git.automation.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command as a script runs it.
 *
 * @param line the line on which it stands
 * @param words the command and its arguments, expanded as far as that is possible; what is unknown stands as {@code ${X}}
 * @param environment variables that are set for it alone
 * @param inputs files that it is given as input
 * @param outputs files that its output goes to
 * @param document the here-document that it is given
 * @param source the command whose output it reads
 * @param directory the folder it runs in, seen from the one in which the script began; may be absolute, or begin with
 *     {@link ShellScript#REPOSITORY}
 * @param conditions what must hold for it to be reached
 * @param dead why it is never reached, where that is so
 */
public record ShellCommand(
        int line,
        List<String> words,
        Map<String, String> environment,
        List<String> inputs,
        List<String> outputs,
        Optional<HereDocument> document,
        Optional<ShellCommand> source,
        String directory,
        List<Condition> conditions,
        Optional<String> dead) {

    public ShellCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        conditions = List.copyOf(conditions);
    }

    /**
     * Something that must hold.
     *
     * @param guard whether it is a question to a person
     */
    public record Condition(String text, int line, boolean guard) {}

    /** The command that is run, without its folder. */
    public String name() {
        String first = words.isEmpty() ? "" : words.get(0);
        return first.substring(first.lastIndexOf('/') + 1);
    }

    /** The same command with other words: what a wrapper such as {@code sudo} runs. */
    public ShellCommand withWords(List<String> inner) {
        return new ShellCommand(
                line, inner, environment, inputs, outputs, document, source, directory, conditions, dead);
    }
}
