package io.github.rowsleuth.git.automation.arming;

import io.github.rowsleuth.probe.Arming.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What became more dangerous from one state to the next, in words. */
public record ArmingChange(Kind kind, String before, String after) {

    static List<ArmingChange> between(ArmedState before, ArmedState after) {
        List<ArmingChange> changes = new ArrayList<>();
        if (!after.exists()) {
            return changes;
        }
        if (!before.runs() && after.runs()) {
            changes.add(connected(before, after));
        } else if (before.runs() && after.runs()) {
            stillRuns(before, after, changes);
        }
        Set<String> guards = missing(before.guards(), after.guards());
        if (before.exists() && !guards.isEmpty()) {
            changes.add(
                    new ArmingChange(Kind.GUARD_REMOVED, String.join(", ", guards), told(after.guards(), "no guard")));
        }
        Set<String> databases = missing(after.databases(), before.databases());
        if (before.exists() && !databases.isEmpty()) {
            changes.add(new ArmingChange(
                    Kind.POINTED_AT_DATABASE,
                    told(before.databases(), "no database that is not local"),
                    String.join(", ", databases)));
        }
        return changes;
    }

    private static ArmingChange connected(ArmedState before, ArmedState after) {
        String now = "run on " + after.firstWay().orElseThrow().starts().get(0).trigger();
        if (before.disabled().isPresent()) {
            String reason = before.disabled().get();
            boolean excluded = reason.contains("ignore") || reason.contains("exclude") || reason.contains("skip");
            return new ArmingChange(excluded ? Kind.EXCLUSION_REMOVED : Kind.ENABLED, "disabled: " + reason, now);
        }
        return new ArmingChange(
                after.schedules().isEmpty() ? Kind.CONNECTED : Kind.SCHEDULED,
                before.exists() ? "nothing ran it" : "it was not there",
                now);
    }

    private static void stillRuns(ArmedState before, ArmedState after, List<ArmingChange> changes) {
        Set<String> schedules = missing(after.schedules(), before.schedules());
        if (!schedules.isEmpty()) {
            changes.add(new ArmingChange(
                    Kind.SCHEDULED, told(before.schedules(), "no schedule"), String.join(", ", schedules)));
        }
        Set<String> conditions = missing(before.conditions(), after.conditions());
        if (!conditions.isEmpty()
                && after.conditions().size() < before.conditions().size()) {
            changes.add(new ArmingChange(
                    Kind.CONDITION_REMOVED,
                    "only if " + String.join(", ", conditions),
                    told(after.conditions(), "without a condition")));
        }
    }

    /** What is in the first and not in the second. */
    private static Set<String> missing(Iterable<String> in, Iterable<String> from) {
        Set<String> rest = new TreeSet<>();
        in.forEach(rest::add);
        from.forEach(rest::remove);
        return rest;
    }

    private static String told(Iterable<String> values, String none) {
        String joined = String.join(", ", values);
        return joined.isEmpty() ? none : joined;
    }
}
