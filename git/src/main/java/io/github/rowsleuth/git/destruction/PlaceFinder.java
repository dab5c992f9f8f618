package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Block;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Link;
import io.github.rowsleuth.git.code.Program;
import io.github.rowsleuth.probe.Place;
import io.github.rowsleuth.probe.Place.Reached;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells how starting a file reaches a place in it, by who calls whom within the file. */
final class PlaceFinder {

    private static final Set<String> ENTRIES = Set.of("main", "Main", "handle", "__main__", "run_main");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private final Program program;
    private final Map<String, List<Call>> callers = new HashMap<>();
    private final Set<String> functions = new HashSet<>();
    private final Set<String> started = new HashSet<>();

    PlaceFinder(Program program) {
        this.program = program;
        collect(program.file());
        for (Call call : program.calls()) {
            if (functions.contains(call.name())) {
                callers.computeIfAbsent(call.name(), n -> new ArrayList<>()).add(call);
            }
            passedOn(call);
        }
        functions.stream().filter(ENTRIES::contains).forEach(started::add);
        start();
    }

    private void collect(Block block) {
        Deque<Block> open = new ArrayDeque<>(List.of(block));
        while (!open.isEmpty()) {
            Block next = open.pop();
            if (next.kind() == Block.Kind.FUNCTION && !next.name().isEmpty()) {
                functions.add(next.name());
            }
            next.inner().forEach(open::push);
        }
    }

    /** A function that is given to a call, as in {@code asyncio.run(main())} or {@code setTimeout(clean)}, may be called by it. */
    private void passedOn(Call call) {
        for (var argument : call.arguments()) {
            if (argument.literals().isEmpty() && argument.source().length() < 80) {
                Matcher names = NAME.matcher(argument.source());
                while (names.find()) {
                    if (functions.contains(names.group())) {
                        callers.computeIfAbsent(names.group(), n -> new ArrayList<>())
                                .add(new Call(
                                        List.of(new Link(names.group(), true, List.of())),
                                        call.line(),
                                        call.start(),
                                        call.end(),
                                        call.block(),
                                        ""));
                    }
                }
            }
        }
    }

    private void start() {
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Map.Entry<String, List<Call>> entry : callers.entrySet()) {
                boolean reached = entry.getValue().stream().anyMatch(c -> runs(c.block()) && !own(c, entry.getKey()));
                if (reached && started.add(entry.getKey())) {
                    grown = true;
                }
            }
        }
    }

    private static boolean own(Call call, String function) {
        return call.block()
                .namedFunction()
                .filter(f -> f.name().equals(function))
                .isPresent();
    }

    private boolean runs(Block block) {
        Optional<Block> named = block.namedFunction();
        return named.isEmpty() || started.contains(named.get().name());
    }

    Place of(Block block) {
        String name = block.namedFunction().map(Block::name).orElse("");
        if (block.onFailure()) {
            return new Place(Reached.ON_FAILURE, name);
        }
        if (!name.isEmpty()
                && callers.getOrDefault(name, List.of()).stream()
                        .allMatch(c -> c.block().onFailure())
                && callers.containsKey(name)) {
            return new Place(Reached.ON_FAILURE, name);
        }
        return new Place(runs(block) ? Reached.AT_START : Reached.BY_CALLER, name);
    }

    /** The places that call the function within the file. */
    List<Call> callersOf(String function) {
        return callers.getOrDefault(function, List.of());
    }

    Program program() {
        return program;
    }
}
