package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.shell.ShellCommand;
import io.github.rowsleuth.probe.RunCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command in its place.
 *
 * @param from what runs it
 * @param context where it runs; its conditions and what disables it are those of the command too
 */
record Site(Node from, ShellCommand command, RunContext context) {

    static Site of(Node from, ShellCommand command, RunContext context) {
        List<RunCondition> conditions = new ArrayList<>();
        for (ShellCommand.Condition condition : command.conditions()) {
            conditions.add(new RunCondition(
                    condition.guard() ? RunCondition.Kind.GUARD : RunCondition.Kind.TEST,
                    condition.text(),
                    context.file(),
                    condition.line()));
        }
        RunContext inside = command.directory().isEmpty() ? context : context.in(command.directory());
        return new Site(
                from,
                command,
                inside.with(command.environment()).when(conditions).unless(command.dead()));
    }

    int line() {
        return command.line();
    }

    Site with(List<String> words) {
        return new Site(from, command.withWords(words), context);
    }

    Site with(RunContext other) {
        return new Site(from, command, other);
    }

    List<String> words() {
        return command.words();
    }

    /** The text of the command whose output it reads, where that is no more than text. */
    Optional<String> piped() {
        return command.source()
                .filter(s -> s.name().equals("echo") || s.name().equals("printf"))
                .map(s -> String.join(" ", s.words().subList(1, s.words().size())));
    }
}
