package io.github.rowsleuth.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A way from something that happens without a person, or from a command that a person types, to a script.
 *
 * @param triggers what sets the chain off, never empty; any one of them is enough
 * @param links the places on the way, in the order in which they run; the last one runs the script. Empty where the
 *     trigger runs the script itself, as the start of an application runs its life-span hook
 */
public record AutomationChain(List<AutomationTrigger> triggers, List<AutomationLink> links) {

    /** Copies the lists and refuses a chain that nothing sets off. */
    public AutomationChain {
        triggers = List.copyOf(triggers);
        links = List.copyOf(links);
        if (triggers.isEmpty()) {
            throw new IllegalArgumentException("a chain begins with a trigger; got none, and the links " + links);
        }
    }

    /** {@return why the chain does not run to its end; empty where nothing stops it} */
    public Optional<String> disabled() {
        if (triggers.stream().allMatch(t -> t.disabled().isPresent())) {
            return triggers.get(0).disabled();
        }
        return links.stream().flatMap(l -> l.disabled().stream()).findFirst();
    }

    /** {@return whether only a person who types a command sets it off} */
    public boolean onDemand() {
        return triggers.stream().allMatch(t -> t.kind() == AutomationTrigger.Kind.COMMAND);
    }

    /** {@return everything that must hold on the way, those of the only trigger first} */
    public List<RunCondition> conditions() {
        List<RunCondition> all = new ArrayList<>();
        if (triggers.size() == 1) {
            all.addAll(triggers.get(0).conditions());
        }
        links.forEach(l -> all.addAll(l.conditions()));
        return List.copyOf(all);
    }

    /** {@return the triggers, then the places, then what is run at the end, in one line} */
    @Override
    public String toString() {
        String from = triggers.stream().map(AutomationTrigger::toString).collect(Collectors.joining(", "));
        String way = links.stream().map(AutomationLink::toString).collect(Collectors.joining(" > "));
        String end = links.isEmpty() ? "" : " > " + links.get(links.size() - 1).runs();
        return from + ": " + way + end;
    }
}
