package io.github.rowsleuth.git.automation.arming;

import io.github.rowsleuth.git.automation.graph.Edge;
import io.github.rowsleuth.git.automation.graph.Start;
import io.github.rowsleuth.git.automation.graph.Way;
import io.github.rowsleuth.probe.RunCondition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How things stood with a destructive file at one commit.
 *
 * @param exists whether it was there
 * @param ways the ways to it, as a search orders them
 * @param guards what stood between starting it and losing data
 * @param databases the databases that it and its settings named
 */
record ArmedState(boolean exists, List<Way> ways, List<String> guards, Set<String> databases) {

    ArmedState {
        ways = List.copyOf(ways);
        guards = List.copyOf(guards);
        databases = Set.copyOf(databases);
    }

    private Stream<Way> running() {
        return ways.stream().filter(w -> !w.disabled() && !w.byHand());
    }

    boolean runs() {
        return running().findAny().isPresent();
    }

    Optional<Way> firstWay() {
        return running().findFirst();
    }

    /** Why a way that would be automatic is disabled. */
    Optional<String> disabled() {
        return ways.stream()
                .filter(w -> w.disabled() && !w.byHand())
                .flatMap(w -> Stream.concat(
                        w.edges().stream().flatMap(e -> e.disabled().stream()),
                        w.starts().stream().flatMap(s -> s.trigger().disabled().stream())))
                .findFirst();
    }

    Set<String> schedules() {
        Set<String> schedules = new TreeSet<>();
        running()
                .flatMap(w -> w.starts().stream())
                .map(Start::trigger)
                .filter(t -> t.disabled().isEmpty() && t.schedule().isPresent())
                .forEach(t -> schedules.add(t.toString()));
        return schedules;
    }

    /** What must hold on the first way. */
    Set<String> conditions() {
        Set<String> conditions = new TreeSet<>();
        firstWay().ifPresent(way -> {
            way.edges().stream().map(Edge::conditions).flatMap(List::stream).forEach(c -> add(c, conditions));
            way.starts().get(0).trigger().conditions().forEach(c -> add(c, conditions));
        });
        return conditions;
    }

    private static void add(RunCondition condition, Set<String> to) {
        if (condition.kind() != RunCondition.Kind.UNCERTAIN) {
            to.add(condition.text());
        }
    }
}
