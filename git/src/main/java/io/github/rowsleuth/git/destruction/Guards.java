package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Block;
import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.probe.Guard;
import io.github.rowsleuth.probe.Guard.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what stands between starting a file and a place in it. */
final class Guards {

    private static final int DEEPEST = 5;
    private static final int MOST_SIBLINGS = 200;
    private static final Pattern BACKUP = Pattern.compile(
            "(?i)^(?:pg_dump|pg_dumpall|backup\\w*|create_?backup|make_?backup|do_?backup|dump_?database)$");

    private final PlaceFinder places;
    private final World world;
    private final List<Call> telling;

    Guards(PlaceFinder places) {
        this.places = places;
        this.world = new World(places.program());
        this.telling = places.program().calls().stream().filter(Guards::telling).toList();
    }

    List<Guard> before(Block block, int start) {
        Map<Kind, Integer> found = new EnumMap<>(Kind.class);
        collect(block, start, found, new HashSet<>(), 0);
        return found.entrySet().stream()
                .map(e -> new Guard(e.getKey(), e.getValue()))
                .toList();
    }

    private void collect(Block block, int start, Map<Kind, Integer> into, Set<String> seen, int depth) {
        for (Optional<Block> at = Optional.of(block);
                at.isPresent();
                at = at.get().parent()) {
            Block here = at.get();
            if (here.kind() == Block.Kind.BRANCH) {
                require(here.condition(), true, here.firstLine(), into);
            } else if (here.kind() == Block.Kind.ELSE) {
                require(here.condition(), false, here.firstLine(), into);
            }
            siblings(here, start, into);
        }
        calls(block, start, into);
        Optional<Block> function = block.namedFunction();
        if (function.isPresent() && depth < DEEPEST && seen.add(function.get().name())) {
            callers(function.get().name(), into, seen, depth);
        }
    }

    /** What leaves before the place is reached. */
    private void siblings(Block here, int start, Map<Kind, Integer> into) {
        List<Block> inner = here.inner();
        for (int i = 0; i < Math.min(inner.size(), MOST_SIBLINGS); i++) {
            Block sibling = inner.get(i);
            if (sibling.end() <= start && sibling.leaves()) {
                if (sibling.kind() == Block.Kind.BRANCH) {
                    require(sibling.condition(), false, sibling.firstLine(), into);
                } else if (sibling.kind() == Block.Kind.ELSE) {
                    require(sibling.condition(), true, sibling.firstLine(), into);
                }
            }
        }
    }

    /** Notes a guard where the condition keeps the place from being reached, unless somebody acts. */
    private void require(String condition, boolean mustHold, int line, Map<Kind, Integer> into) {
        if (condition.isEmpty()) {
            return;
        }
        Value value = world.value(condition);
        boolean blocked = value.stops() || (value.known() && value.holds() != mustHold);
        if (blocked) {
            value.guard().ifPresent(kind -> into.putIfAbsent(kind, line));
        }
    }

    /** Calls before the place that stop by themselves, or copy the data. */
    private void calls(Block block, int start, Map<Kind, Integer> into) {
        Optional<Block> function = block.namedFunction();
        for (Call call : telling) {
            boolean same = call.start() < start && call.block().namedFunction().equals(function);
            Kind kind = BACKUP.matcher(call.name()).matches() ? Kind.BACKUP : Kind.CONFIRMATION;
            if (same || everywhere(call)) {
                into.putIfAbsent(kind, call.line());
            }
        }
    }

    private static boolean telling(Call call) {
        boolean aborts = call.name().equals("confirm")
                && call.link()
                        .named("abort")
                        .filter(a -> a.source().equals("True"))
                        .isPresent();
        return aborts || everywhere(call) || BACKUP.matcher(call.name()).matches();
    }

    /** Whether the call stands before the whole command of its file. */
    private static boolean everywhere(Call call) {
        return call.name().equals("confirmation_option") || call.name().equals("confirmToProceed");
    }

    /** What every caller has before it stands before the function too. */
    private void callers(String function, Map<Kind, Integer> into, Set<String> seen, int depth) {
        List<Call> callers = places.callersOf(function);
        List<Map<Kind, Integer>> all = new ArrayList<>();
        for (Call call : callers.subList(0, Math.min(callers.size(), 20))) {
            Map<Kind, Integer> before = new EnumMap<>(Kind.class);
            collect(call.block(), call.start(), before, new HashSet<>(seen), depth + 1);
            all.add(before);
        }
        if (!all.isEmpty()) {
            all.get(0).forEach((kind, line) -> {
                if (all.stream().allMatch(m -> m.containsKey(kind))) {
                    into.putIfAbsent(kind, line);
                }
            });
        }
    }
}
