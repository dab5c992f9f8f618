package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.shell.ShellScript;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.RunCondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command stands and where it runs.
 *
 * @param file the file in which it stands
 * @param directory the folder it runs in: under {@link ShellScript#REPOSITORY}, or absolute in a container
 * @param mapping what lies where in the container, if there is one
 * @param environment variables with known values
 * @param conditions what must hold for it to be reached
 * @param disabled why it is never reached, where that is so
 */
public record RunContext(
        String file,
        String directory,
        PathMapping mapping,
        Map<String, String> environment,
        List<RunCondition> conditions,
        Optional<String> disabled) {

    public RunContext {
        environment = Map.copyOf(environment);
        conditions = List.copyOf(conditions);
    }

    /** Of a command in a file that runs in a folder of the repository. */
    public static RunContext of(String file, String folder) {
        return new RunContext(file, repository(folder), PathMapping.NONE, Map.of(), List.of(), Optional.empty());
    }

    /** A folder of the repository as a directory to run in. */
    public static String repository(String folder) {
        return folder.isEmpty() ? ShellScript.REPOSITORY : ShellScript.REPOSITORY + "/" + folder;
    }

    /** The same in a folder, seen from the present one unless it is absolute. */
    public RunContext in(String folder) {
        String target = folder.startsWith("/") || folder.startsWith(ShellScript.REPOSITORY) || folder.startsWith("${")
                ? Paths.join("", folder)
                : Paths.join(directory, folder);
        return new RunContext(file, target, mapping, environment, conditions, disabled);
    }

    public RunContext inside(PathMapping other) {
        return new RunContext(file, directory, other, environment, conditions, disabled);
    }

    public RunContext with(Map<String, String> variables) {
        Map<String, String> more = new HashMap<>(environment);
        more.putAll(variables);
        return new RunContext(file, directory, mapping, more, conditions, disabled);
    }

    public RunContext when(RunCondition.Kind kind, String text, int line) {
        return when(List.of(new RunCondition(kind, text, file, line)));
    }

    public RunContext when(List<RunCondition> more) {
        List<RunCondition> all = new ArrayList<>(conditions);
        more.stream().filter(c -> !all.contains(c)).forEach(all::add);
        return new RunContext(file, directory, mapping, environment, all, disabled);
    }

    /** The same, never reached; the first reason stays. */
    public RunContext unless(Optional<String> reason) {
        return disabled.isPresent() ? this : new RunContext(file, directory, mapping, environment, conditions, reason);
    }

    /** The same in another file, without the conditions that lead to it. */
    public RunContext within(String otherFile) {
        return new RunContext(otherFile, directory, mapping, environment, List.of(), Optional.empty());
    }

    /** The folder of the repository that it runs in, if it is known to be one. */
    public Optional<String> folder() {
        if (directory.equals(ShellScript.REPOSITORY)) {
            return Optional.of("");
        }
        return directory.startsWith(ShellScript.REPOSITORY + "/")
                ? Optional.of(directory.substring(ShellScript.REPOSITORY.length() + 1))
                : Optional.empty();
    }
}
