package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.automation.graph.Edge;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.graph.Start;
import io.github.rowsleuth.git.automation.graph.Way;
import io.github.rowsleuth.probe.AutomationChain;
import io.github.rowsleuth.probe.AutomationLink;
import io.github.rowsleuth.probe.AutomationTrigger;
import io.github.rowsleuth.probe.RunCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells a way through the graph as a person would: without the steps within one file. */
final class ChainWriter {

    private final AutomationNotes notes;

    ChainWriter(AutomationNotes notes) {
        this.notes = notes;
    }

    AutomationChain chain(Way way) {
        List<AutomationTrigger> triggers = way.starts().stream()
                .map(Start::trigger)
                .distinct()
                .map(this::clean)
                .toList();
        List<AutomationLink> links = new ArrayList<>();
        List<RunCondition> conditions = new ArrayList<>();
        Optional<String> disabled = Optional.empty();
        for (Edge edge : way.edges()) {
            notes.clean(edge.conditions()).stream()
                    .filter(c -> !conditions.contains(c))
                    .forEach(conditions::add);
            disabled = disabled.or(edge::disabled);
            if (!edge.inner()) {
                links.add(link(edge, conditions, disabled));
                conditions.clear();
                disabled = Optional.empty();
            }
        }
        if (!links.isEmpty() && (!conditions.isEmpty() || disabled.isPresent())) {
            links.add(withRest(links.remove(links.size() - 1), conditions, disabled));
        }
        return new AutomationChain(triggers, links);
    }

    private AutomationTrigger clean(AutomationTrigger trigger) {
        return new AutomationTrigger(
                trigger.kind(),
                notes.clean(trigger.detail()).text(),
                trigger.file(),
                trigger.line(),
                trigger.schedule(),
                notes.clean(trigger.conditions()),
                trigger.disabled());
    }

    private AutomationLink link(Edge edge, List<RunCondition> conditions, Optional<String> disabled) {
        String runs = edge.to().kind() == Node.Kind.COMMAND
                ? notes.clean(edge.to().label()).text()
                : edge.to().label();
        return new AutomationLink(
                edge.from().part(),
                edge.file(),
                edge.line(),
                edge.how(),
                runs,
                conditions,
                disabled,
                notes.line(edge.file(), edge.line()),
                notes.record(
                        runs,
                        true,
                        edge.file(),
                        edge.line(),
                        disabled.map(d -> "would run it, but never does: " + d).orElse("runs " + runs)));
    }

    /** What must hold inside the file that the last link runs belongs to that link. */
    private static AutomationLink withRest(AutomationLink link, List<RunCondition> rest, Optional<String> disabled) {
        List<RunCondition> all = new ArrayList<>(link.conditions());
        rest.stream().filter(c -> !all.contains(c)).forEach(all::add);
        return new AutomationLink(
                link.part(),
                link.file(),
                link.line(),
                link.how(),
                link.runs(),
                all,
                link.disabled().or(() -> disabled),
                link.text(),
                link.evidence());
    }
}
