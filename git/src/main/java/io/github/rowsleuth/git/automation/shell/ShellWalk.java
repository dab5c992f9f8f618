package io.github.rowsleuth.git.automation.shell;

import io.github.rowsleuth.git.automation.shell.ShellCommand.Condition;
import io.github.rowsleuth.git.automation.shell.ShellNode.AndOr;
import io.github.rowsleuth.git.automation.shell.ShellNode.Arm;
import io.github.rowsleuth.git.automation.shell.ShellNode.Branch;
import io.github.rowsleuth.git.automation.shell.ShellNode.Case;
import io.github.rowsleuth.git.automation.shell.ShellNode.For;
import io.github.rowsleuth.git.automation.shell.ShellNode.Function;
import io.github.rowsleuth.git.automation.shell.ShellNode.Group;
import io.github.rowsleuth.git.automation.shell.ShellNode.If;
import io.github.rowsleuth.git.automation.shell.ShellNode.Pipe;
import io.github.rowsleuth.git.automation.shell.ShellNode.Redirect;
import io.github.rowsleuth.git.automation.shell.ShellNode.Sequence;
import io.github.rowsleuth.git.automation.shell.ShellNode.Simple;
import io.github.rowsleuth.git.automation.shell.ShellNode.While;
import io.github.rowsleuth.git.automation.tree.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes through a script as a shell would, both ways at each fork, and notes the commands. */
final class ShellWalk {

    private static final int MAX_COMMANDS = 5_000;
    private static final int MAX_CALLS = 12;
    private static final int MAX_TURNS = 40;
    private static final Set<String> TESTS = Set.of("[", "test", "grep", "command", "which", "type", "pgrep", "getent");
    private static final Set<String> EXITS = Set.of("exit", "return");

    private final Expansion expansion;
    private final List<ShellCommand> found = new ArrayList<>();
    private final Map<String, Function> functions = new HashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final List<Condition> conditions = new ArrayList<>();
    private Optional<String> dead = Optional.empty();
    private Optional<ShellCommand> source = Optional.empty();
    private String directory = "";
    private int calls;

    ShellWalk(Expansion expansion) {
        this.expansion = expansion;
    }

    List<ShellCommand> commands() {
        return found;
    }

    Set<String> functionNames() {
        return names;
    }

    List<ShellCommand> ofFunction(String name, List<String> arguments) {
        found.clear();
        conditions.clear();
        dead = Optional.empty();
        Function function = functions.get(name);
        if (function != null) {
            run(function.body());
        }
        return found;
    }

    void run(ShellNode node) {
        if (found.size() >= MAX_COMMANDS) {
            return;
        }
        if (node instanceof Sequence sequence) {
            sequence.parts().forEach(this::run);
        } else if (node instanceof Simple simple) {
            simple(simple);
        } else if (node instanceof Pipe pipe) {
            pipe(pipe);
        } else if (node instanceof AndOr andOr) {
            andOr(andOr);
        } else if (node instanceof If fork) {
            fork(fork);
        } else if (node instanceof For loop) {
            loop(loop);
        } else if (node instanceof While loop) {
            run(loop.condition());
            within(new Condition(loop.text(), loop.line(), false), isTrue(loop.condition()), loop.body());
        } else if (node instanceof Case choice) {
            choice(choice);
        } else if (node instanceof Group group) {
            group(group);
        } else if (node instanceof Function function) {
            functions.put(function.name(), function);
            names.add(function.name());
        }
    }

    private void simple(Simple simple) {
        List<String> words = new ArrayList<>();
        simple.words().forEach(w -> words.addAll(expansion.fields(w, directory)));
        simple.words().forEach(this::inner);
        Map<String, String> environment = new LinkedHashMap<>();
        for (ShellNode.Assignment assignment : simple.assignments()) {
            assignment.values().forEach(this::inner);
            assign(assignment, words.isEmpty(), environment);
        }
        if (words.stream().allMatch(w -> Expansion.settled(w).isEmpty())) {
            return;
        }
        String name = Expansion.settled(words.get(0));
        if (functions.containsKey(name) && calls < MAX_CALLS) {
            calls++;
            run(functions.get(name).body());
            calls--;
            return;
        }
        ShellCommand command = command(simple, words, environment);
        found.add(command);
        effect(command, simple.line());
    }

    private void assign(ShellNode.Assignment assignment, boolean lasting, Map<String, String> environment) {
        List<String> values = new ArrayList<>();
        boolean array = assignment.values().size() != 1;
        for (Word value : assignment.values()) {
            if (array) {
                values.addAll(expansion.fields(value, directory));
            } else {
                values.add(expansion.text(value, directory));
            }
        }
        if (lasting && dead.isEmpty()) {
            expansion.assign(assignment.name(), values);
        } else {
            environment.put(assignment.name(), String.join(" ", values));
        }
    }

    private ShellCommand command(Simple simple, List<String> words, Map<String, String> environment) {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Optional<HereDocument> document = Optional.empty();
        for (Redirect redirect : simple.redirects()) {
            String target = Expansion.settled(expansion.text(redirect.target(), directory));
            if (redirect.document().isPresent()) {
                document = redirect.document();
            } else if (redirect.operator().equals("<<<")) {
                document = Optional.of(new HereDocument(target, simple.line()));
            } else if (redirect.operator().equals("<")) {
                inputs.add(target);
            } else if (redirect.operator().startsWith(">")) {
                outputs.add(target);
            }
        }
        return new ShellCommand(
                simple.line(),
                words.stream().map(Expansion::settled).filter(w -> !w.isEmpty()).toList(),
                environment,
                inputs,
                outputs,
                document,
                source,
                directory,
                conditions,
                dead);
    }

    /** What a command does to those after it. */
    private void effect(ShellCommand command, int line) {
        List<String> words = command.words();
        switch (words.get(0)) {
            case "cd", "pushd" -> {
                if (dead.isEmpty()) {
                    changeTo(words.stream()
                            .skip(1)
                            .filter(w -> !w.startsWith("-"))
                            .findFirst()
                            .orElse("${HOME}"));
                }
            }
            case "exit", "return" -> end("after " + words.get(0) + " on line " + line);
            case "exec" -> {
                if (words.size() > 1) {
                    end("after exec on line " + line);
                }
            }
            case "export", "local", "declare", "readonly", "typeset" ->
                words.stream()
                        .skip(1)
                        .filter(w -> w.indexOf('=') > 0)
                        .forEach(w -> expansion.assign(
                                w.substring(0, w.indexOf('=')), List.of(w.substring(w.indexOf('=') + 1))));
            case "unset" -> words.stream().skip(1).forEach(expansion::forget);
            case "read" -> {
                words.stream().skip(1).forEach(expansion::forget);
                if (words.stream().anyMatch(w -> w.startsWith("-") && w.contains("p"))) {
                    conditions.add(new Condition("a person answers: " + String.join(" ", words), line, true));
                }
            }
            default -> {}
        }
    }

    private void changeTo(String folder) {
        directory = folder.startsWith("/") || folder.startsWith(ShellScript.REPOSITORY) || folder.startsWith("${")
                ? Paths.join("", folder)
                : Paths.join(directory, folder);
    }

    private void end(String reason) {
        if (dead.isEmpty()) {
            dead = Optional.of(reason);
        }
    }

    /** Commands whose output becomes a part of a word. */
    private void inner(Word word) {
        for (Word.Piece piece : word.pieces()) {
            if (piece instanceof Word.Output output && calls < MAX_CALLS && found.size() < MAX_COMMANDS) {
                calls++;
                apart(ShellParser.parse(output.source(), output.line()));
                calls--;
            }
        }
    }

    /** Runs a node whose folder and ends do not matter to what follows. */
    private void apart(ShellNode node) {
        String keptDirectory = directory;
        Optional<String> keptDead = dead;
        List<Condition> kept = List.copyOf(conditions);
        run(node);
        conditions.clear();
        conditions.addAll(kept);
        directory = keptDirectory;
        dead = keptDead;
    }

    private void pipe(Pipe pipe) {
        Optional<ShellCommand> outer = source;
        for (ShellNode part : pipe.parts()) {
            int before = found.size();
            apart(part);
            source = found.size() > before ? Optional.of(found.get(found.size() - 1)) : source;
        }
        source = outer;
    }

    private void andOr(AndOr node) {
        run(node.first());
        Optional<Boolean> settled = isTrue(node.first());
        boolean test = isTest(node.first());
        String reads = test ? (node.and() ? node.firstText() : "not: " + node.firstText()) : "";
        String failed = test || node.and() ? reads : "only if this fails: " + node.firstText();
        Optional<String> ended = dead;
        within(new Condition(failed, node.line(), false), node.and() ? settled : settled.map(s -> !s), node.second());
        if (ended.isEmpty() && test && endsAlways(node.second())) {
            String rest = node.and() ? "not: " + node.firstText() : node.firstText();
            goesOnIf(rest, node.line(), settled.map(s -> node.and() != s));
        }
    }

    private void goesOnIf(String text, int line, Optional<Boolean> settled) {
        if (settled.isEmpty()) {
            conditions.add(new Condition(text, line, false));
        } else if (!settled.get()) {
            end("ended on line " + line);
        }
    }

    /** Runs a node that is only reached if the condition holds, or never, if that is settled. */
    private void within(Condition condition, Optional<Boolean> settled, ShellNode body) {
        Optional<String> keptDead = dead;
        int size = conditions.size();
        if (settled.isPresent() && !settled.get()) {
            end("never true: " + condition.text());
        } else if (settled.isEmpty() && !condition.text().isEmpty()) {
            conditions.add(condition);
        }
        run(body);
        while (conditions.size() > size) {
            conditions.remove(conditions.size() - 1);
        }
        boolean certain = settled.isPresent() && settled.get();
        dead = certain && !(body instanceof Group g && g.subshell()) ? dead : keptDead;
    }

    private void fork(If fork) {
        List<Condition> others = new ArrayList<>();
        boolean anySettled = false;
        for (Branch branch : fork.branches()) {
            run(branch.condition());
            Optional<Boolean> settled = isTrue(branch.condition());
            Optional<Boolean> reached = anySettled ? Optional.of(false) : settled;
            within(new Condition(branch.text(), branch.line(), false), reached, branch.body());
            if (settled.isPresent() && settled.get()) {
                anySettled = true;
            } else if (settled.isEmpty()) {
                others.add(new Condition("not: " + branch.text(), branch.line(), false));
            }
        }
        if (fork.otherwise().isPresent()) {
            otherwise(others, anySettled, fork.otherwise().get());
            return;
        }
        for (Branch branch : fork.branches()) {
            if (dead.isEmpty()
                    && endsAlways(branch.body())
                    && isTrue(branch.condition()).isEmpty()) {
                conditions.add(new Condition("not: " + branch.text(), branch.line(), false));
            }
        }
    }

    private void otherwise(List<Condition> others, boolean never, ShellNode body) {
        int size = conditions.size();
        Optional<String> keptDead = dead;
        conditions.addAll(others);
        if (never) {
            end("never true: the branch before it is always taken");
        }
        run(body);
        while (conditions.size() > size) {
            conditions.remove(conditions.size() - 1);
        }
        dead = keptDead;
    }

    private void loop(For loop) {
        List<String> items = new ArrayList<>();
        loop.items().forEach(i -> items.addAll(expansion.fields(i, directory)));
        if (items.isEmpty()) {
            items.add("${" + loop.variable() + "}");
        }
        for (String item : items.subList(0, Math.min(MAX_TURNS, items.size()))) {
            expansion.assign(loop.variable(), List.of(item));
            Optional<String> keptDead = dead;
            int size = conditions.size();
            run(loop.body());
            while (conditions.size() > size) {
                conditions.remove(conditions.size() - 1);
            }
            dead = keptDead;
        }
    }

    private void choice(Case choice) {
        String subject = expansion.text(choice.subject(), directory);
        boolean taken = false;
        for (Arm arm : choice.arms()) {
            List<String> patterns = arm.patterns().stream()
                    .map(p -> expansion.text(p, directory))
                    .toList();
            Optional<Boolean> fits = taken ? Optional.of(false) : fits(subject, patterns);
            String text = choice.text() + " is " + String.join(" or ", patterns);
            Optional<String> keptDead = dead;
            within(new Condition(text, arm.line(), false), fits, arm.body());
            dead = keptDead;
            taken |= fits.isPresent() && fits.get();
        }
    }

    private static Optional<Boolean> fits(String subject, List<String> patterns) {
        boolean unknown = false;
        for (String pattern : patterns) {
            Optional<Boolean> one = Truth.fits(subject, pattern);
            if (one.isPresent() && one.get()) {
                return one;
            }
            unknown |= one.isEmpty();
        }
        return unknown ? Optional.empty() : Optional.of(false);
    }

    private void group(Group group) {
        Optional<ShellCommand> outer = source;
        for (Redirect redirect : group.redirects()) {
            if (redirect.document().isPresent() || redirect.operator().equals("<")) {
                Simple reader = new Simple(0, List.of(), List.of(Word.of("cat")), List.of(redirect), "");
                source = Optional.of(command(reader, List.of("cat"), Map.of()));
            }
        }
        if (group.subshell()) {
            apart(group.body());
        } else {
            run(group.body());
        }
        source = outer;
    }

    private Optional<Boolean> isTrue(ShellNode node) {
        if (node instanceof Sequence sequence && sequence.parts().size() == 1) {
            return isTrue(sequence.parts().get(0));
        }
        if (node instanceof AndOr both && both.and()) {
            Optional<Boolean> first = isTrue(both.first());
            Optional<Boolean> second = isTrue(both.second());
            boolean no =
                    first.filter(b -> !b).isPresent() || second.filter(b -> !b).isPresent();
            return no ? Optional.of(false) : first.flatMap(f -> second);
        }
        if (!(node instanceof Simple simple)) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        for (Word word : simple.words()) {
            words.add(expansion.text(word, directory));
        }
        return Truth.of(words);
    }

    private boolean isTest(ShellNode node) {
        if (node instanceof Sequence sequence && sequence.parts().size() == 1) {
            return isTest(sequence.parts().get(0));
        }
        if (node instanceof AndOr both) {
            return isTest(both.first()) || isTest(both.second());
        }
        if (node instanceof Pipe pipe) {
            return isTest(pipe.parts().get(pipe.parts().size() - 1));
        }
        if (!(node instanceof Simple simple) || simple.words().isEmpty()) {
            return false;
        }
        String name = expansion.text(simple.words().get(0), directory);
        return TESTS.contains(name) || name.startsWith("[[") || name.startsWith("((");
    }

    /** Whether the script, or the function, is always over after this node. */
    private boolean endsAlways(ShellNode node) {
        if (node instanceof Simple simple) {
            return !simple.words().isEmpty()
                    && EXITS.contains(expansion.text(simple.words().get(0), directory));
        }
        if (node instanceof Group group) {
            return !group.subshell() && endsAlways(group.body());
        }
        if (node instanceof Sequence sequence) {
            return sequence.parts().stream().anyMatch(this::endsAlways);
        }
        return false;
    }
}
