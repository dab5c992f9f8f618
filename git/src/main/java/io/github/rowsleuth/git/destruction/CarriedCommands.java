package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.git.code.Argument;
import io.github.rowsleuth.git.code.Block;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Command;
import io.github.rowsleuth.git.code.Literal;
import io.github.rowsleuth.git.code.Program;
import io.github.rowsleuth.git.code.ShellReader;
import io.github.rowsleuth.probe.CodeStatement.Reach;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds destructive commands: in a shell script, and in what programs start. */
final class CarriedCommands {

    private static final Pattern STARTS = Pattern.compile(
            "(?i).*(?:run|exec|spawn|popen|system|shell|command|cmd|subprocess|call|output|invoke|process|capture|artisan|rake|task).*|sh|\\$|new|local|sudo|start|main|sync|passthru|tool");
    private static final int DEEPEST = 3;

    private CarriedCommands() {}

    static void inShell(List<Command> commands, List<Hit> into) {
        for (Command command : commands) {
            CommandIdioms.of(command.texts())
                    .ifPresent(d -> into.add(hit(d, command.line(), command.block(), command.start())));
            restored(command, into);
        }
    }

    /** {@code pg_dump --clean … | psql}. */
    private static void restored(Command command, List<Hit> into) {
        boolean clean = command.name().equals("pg_dump")
                && (command.texts().contains("--clean") || command.texts().contains("-c"));
        if (clean && command.pipeline().contains("psql")) {
            CommandIdioms.Destroys drops = CommandIdioms.found(
                            StatementKind.DROP_TABLE, "every object of the dump", "pg_dump --clean | psql")
                    .orElseThrow();
            into.add(hit(drops, command.line(), command.block(), command.start()));
        }
    }

    static void inProgram(Program program, List<Hit> into) {
        for (Call call : program.calls()) {
            if (STARTS.matcher(call.name()).matches() || call.name().isEmpty()) {
                words(call, program)
                        .forEach(words -> CommandIdioms.of(words)
                                .ifPresent(d -> into.add(hit(d, call.line(), call.block(), call.start()))));
            }
        }
        for (Literal literal : program.literals()) {
            if (literal.calls().stream().anyMatch(c -> c.equals("$") || c.endsWith(".$"))) {
                text(literal.text().toString(), literal.line(), literal.block(), literal.start(), into);
            }
        }
    }

    /** The commands that a call is given: one string, a list of words, or words one by one. */
    private static List<List<String>> words(Call call, Program program) {
        List<List<String>> found = new ArrayList<>();
        List<String> separate = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            List<String> literals = argument.literals();
            if (literals.isEmpty() && argument.name().isEmpty()) {
                literals = program.constants().getOrDefault(argument.source().replaceAll("[*.$&]", ""), List.of());
            }
            if (literals.size() == 1 && literals.get(0).contains(" ")) {
                ShellReader.read(literals.get(0), 1).commands().forEach(c -> found.add(c.texts()));
            } else if (literals.size() > 1) {
                found.add(composed(literals, program));
            }
            if (argument.name().isEmpty()) {
                separate.addAll(literals.isEmpty() ? List.of("$" + argument.source()) : literals);
            }
        }
        if (!separate.isEmpty()) {
            found.add(separate);
            if (call.name().equals("call_command")) {
                List<String> command = new ArrayList<>(List.of("manage.py"));
                command.addAll(separate);
                found.add(command);
            }
        }
        return found.size() > DEEPEST ? found.subList(0, DEEPEST) : found;
    }

    /** {@code compose_command() + ["down", "-v"]}: the beginning of the command stands elsewhere. */
    private static List<String> composed(List<String> words, Program program) {
        boolean down = words.contains("down") && (words.contains("-v") || words.contains("--volumes"));
        if (!down
                || words.stream().anyMatch(w -> w.contains("compose"))
                || !program.source().contains("compose")) {
            return words;
        }
        List<String> whole = new ArrayList<>(List.of("docker", "compose"));
        whole.addAll(words);
        return whole;
    }

    /** The destructive commands of a text that a shell runs. */
    static void text(String text, int firstLine, Block block, int start, List<Hit> into) {
        for (Command command : ShellReader.read(text, firstLine).commands()) {
            CommandIdioms.of(command.texts()).ifPresent(d -> into.add(hit(d, command.line(), block, start)));
        }
    }

    static Hit hit(CommandIdioms.Destroys destroys, int line, Block block, int start) {
        DestructiveStatement statement = new DestructiveStatement(
                destroys.kind(), List.of(destroys.object()), false, where(destroys), false, start, line);
        return new Hit(statement, line, Excerpt.ofHarmless(destroys.line()), Reach.EXECUTED, block, start, List.of());
    }

    private static WhereShape where(CommandIdioms.Destroys destroys) {
        return destroys.kind() == StatementKind.DELETE ? WhereShape.NONE : WhereShape.NOT_APPLICABLE;
    }
}
