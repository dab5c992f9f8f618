package io.github.rowsleuth.git.automation.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A script, read once, and run in the mind: with arguments, if they are known, and with what the environment holds.
 * Immutable.
 */
public final class ShellScript {

    /** Stands at the beginning of a path that is known to lie in the repository, for its root. */
    public static final String REPOSITORY = "@repo";

    private final ShellNode.Sequence body;
    private final boolean looksAtArguments;

    private ShellScript(ShellNode.Sequence body, boolean looksAtArguments) {
        this.body = body;
        this.looksAtArguments = looksAtArguments;
    }

    /**
     * Reads commands.
     *
     * @param firstLine the line of the file on which the text begins
     */
    public static ShellScript parse(String text, int firstLine) {
        boolean arguments = text.contains("$1")
                || text.contains("$@")
                || text.contains("${1")
                || text.contains("${@")
                || text.contains("$*")
                || text.contains("$2");
        return new ShellScript(ShellParser.parse(text.replace("\r\n", "\n"), firstLine), arguments);
    }

    /** Whether what it does depends on its arguments. */
    public boolean looksAtArguments() {
        return looksAtArguments;
    }

    /**
     * The commands that it runs, in order.
     *
     * @param ownFolder the folder of the script, for {@code $(dirname "$0")}; absolute, or under {@link #REPOSITORY}
     * @param arguments its arguments, where they are known
     * @param environment variables with known values
     */
    public List<ShellCommand> commands(
            String ownFolder, Optional<List<String>> arguments, Map<String, String> environment) {
        ShellWalk walk = new ShellWalk(new Expansion(environment, arguments, ownFolder));
        walk.run(body);
        return walk.commands();
    }

    /** The functions that it defines, outside of others. */
    public Set<String> functions() {
        ShellWalk walk = new ShellWalk(new Expansion(Map.of(), Optional.empty(), ""));
        walk.run(body);
        return walk.functionNames();
    }

    /** The commands of one of its functions. */
    public List<ShellCommand> function(String name, String ownFolder, List<String> arguments) {
        ShellWalk walk = new ShellWalk(new Expansion(Map.of(), Optional.of(arguments), ownFolder));
        walk.run(body);
        return walk.ofFunction(name, arguments);
    }
}
