package io.github.rowsleuth;

import io.github.rowsleuth.hypothesis.HypothesisRule;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.probe.Probe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What an investigation is to do. */
record Plan(
        Incident incident,
        List<Probe<?>> probes,
        List<HypothesisRule> rules,
        Duration deadline,
        Duration probeDeadline,
        InvestigationListener listener,
        InstantSource clock) {

    Plan {
        probes = List.copyOf(probes);
        rules = List.copyOf(rules);
    }

    Plan about(Incident other) {
        return new Plan(other, probes, rules, deadline, probeDeadline, listener, clock);
    }

    Plan within(Duration run, Duration probe) {
        return new Plan(incident, probes, rules, run, probe, listener, clock);
    }

    Plan toldTo(InvestigationListener other) {
        return new Plan(incident, probes, rules, deadline, probeDeadline, other, clock);
    }

    Plan timedBy(InstantSource other) {
        return new Plan(incident, probes, rules, deadline, probeDeadline, listener, other);
    }

    Plan with(String role, Probe<?> probe) {
        Probe<?> named = isLambda(probe) ? Probe.named(role + ".lambda-" + (probes.size() + 1), probe) : probe;
        if (probes.stream().anyMatch(p -> p.id().equals(named.id()))) {
            throw new InvestigationException("expected every probe once, found a second '" + named.id()
                    + "'; for a second source in the same role use Probe.named(\"" + named.id() + "-2\", probe)");
        }
        List<Probe<?>> more = new ArrayList<>(probes);
        more.add(named);
        return new Plan(incident, more, rules, deadline, probeDeadline, listener, clock);
    }

    Plan with(HypothesisRule rule) {
        List<HypothesisRule> more = new ArrayList<>(rules);
        more.add(rule);
        return new Plan(incident, probes, more, deadline, probeDeadline, listener, clock);
    }

    /** The class name of a lambda says nothing and changes from run to run. */
    private static boolean isLambda(Probe<?> probe) {
        return probe.getClass().isHidden() && probe.id().equals(probe.getClass().getName());
    }
}
