package io.github.rowsleuth.git.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands of a shell as a program: each command a call, and what it is given or fed with strings. */
final class ShellProgram {

    private final Tokens tokens;
    private final Block file;
    private final Names names;
    private final List<Command> commands;
    private final List<Literal> literals = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    ShellProgram(Tokens tokens, Block file, Names names, List<Command> commands) {
        this.tokens = tokens;
        this.file = file;
        this.names = names;
        this.commands = commands;
    }

    Program program() {
        commands.forEach(this::add);
        assignments();
        return new Program(
                tokens.source(),
                literals,
                calls,
                file,
                names.constants(),
                names.assigned(),
                names.aliases(),
                names.passedTo(),
                tokens.remarks());
    }

    private void add(Command command) {
        List<String> around = new ArrayList<>();
        String program = names.program(command.texts());
        around.add(writes(command) ? "write" : program);
        command.pipeline().stream().filter(p -> p.equals("psql")).findFirst().ifPresent(p -> {
            around.clear();
            around.add(p);
        });
        List<Argument> arguments = new ArrayList<>();
        for (int i = 1; i < command.words().size(); i++) {
            CodeText word = command.words().get(i);
            arguments.add(new Argument("", word.toString(), List.of(word.toString())));
            literals.add(new Literal(word, around, "", command.block(), false, command.start()));
        }
        Optional<CodeText> input = command.input();
        input.ifPresent(text -> literals.add(new Literal(text, around, "", command.block(), false, command.start())));
        calls.add(new Call(
                List.of(new Link(program, true, arguments)),
                command.line(),
                command.start(),
                command.start(),
                command.block(),
                ""));
    }

    /** Whether the command puts its words into a file or on a terminal. */
    private static boolean writes(Command command) {
        return switch (command.name()) {
            case "echo", "printf", "cat", "tee", "log", "info", "warn", "error", "log_info", "log_warn", "log_error" ->
                true;
            default -> false;
        };
    }

    private void assignments() {
        for (Token token : tokens.all()) {
            String text = token.value().toString();
            int equals = text.indexOf('=');
            if (equals > 0
                    && text.length() > equals + 8
                    && text.substring(0, equals).matches("[A-Za-z_]\\w*")) {
                CodeText value = new CodeText();
                value.append(token.value(), equals + 1, text.length());
                literals.add(new Literal(value, List.of(), text.substring(0, equals), file, false, token.start()));
            }
        }
    }
}
