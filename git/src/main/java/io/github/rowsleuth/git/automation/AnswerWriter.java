package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.automation.graph.Edge;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.graph.Way;
import io.github.rowsleuth.git.automation.graph.WaySearch;
import io.github.rowsleuth.git.automation.mention.MentionIndex.Mention;
import io.github.rowsleuth.probe.Arming;
import io.github.rowsleuth.probe.AutomationChain;
import io.github.rowsleuth.probe.AutomationReference;
import io.github.rowsleuth.probe.ScriptAutomation;
import io.github.rowsleuth.probe.ScriptAutomation.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Answers, for one thing after the other, who runs it. */
public final class AnswerWriter {

    /** Ways from more starts than these are not told. */
    static final int MAX_CHAINS = 20;

    private static final int MAX_REFERENCES = 60;

    private final AutomationSurvey survey;
    private final AutomationNotes notes;
    private final WaySearch search;
    private final ChainWriter chains;

    public AnswerWriter(AutomationSurvey survey, AutomationNotes notes) {
        this.survey = survey;
        this.notes = notes;
        this.search = new WaySearch(survey.graph());
        this.chains = new ChainWriter(notes);
    }

    /** All ways to it, as {@link WaySearch#to} orders them. */
    List<Way> ways(Target target) {
        return search.to(target.nodes(survey), Integer.MAX_VALUE);
    }

    List<AutomationChain> chains(List<Way> ways) {
        return ways.stream().limit(MAX_CHAINS).map(chains::chain).toList();
    }

    /** Who runs it. */
    public ScriptAutomation answer(Target target, List<Way> ways, List<Arming> armings) {
        List<AutomationChain> told = chains(ways);
        List<AutomationReference> references = references(target, told);
        return new ScriptAutomation(target.name(), standing(ways, references), references, told, armings);
    }

    private static Standing standing(List<Way> ways, List<AutomationReference> references) {
        if (ways.stream().anyMatch(w -> !w.disabled() && !w.byHand())) {
            return Standing.RUN_BY_AUTOMATION;
        } else if (ways.stream().anyMatch(w -> !w.disabled())) {
            return Standing.ON_DEMAND;
        } else if (!ways.isEmpty()) {
            return Standing.DISABLED;
        }
        return references.isEmpty() ? Standing.NOT_FOUND : Standing.MENTIONED;
    }

    private record Place(String file, int line) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byFile = file.compareTo(other.file);
            return byFile != 0 ? byFile : Integer.compare(line, other.line);
        }
    }

    private List<AutomationReference> references(Target target, List<AutomationChain> told) {
        Map<Place, Edge> running = new TreeMap<>();
        Set<Node> own = new HashSet<>(survey.graph().nodes(target.name()));
        own.addAll(target.nodes(survey));
        for (Node node : own) {
            survey.graph().in(node).stream()
                    .filter(e -> !e.file().equals(target.name()) && !e.inner())
                    .forEach(e -> running.merge(new Place(e.file(), e.line()), e, AnswerWriter::livelier));
        }
        Map<Place, String> triggers = triggers(told);
        List<AutomationReference> references = new ArrayList<>();
        running.forEach((place, edge) -> references.add(running(target, place, edge, triggers)));
        Set<Place> named = new HashSet<>(running.keySet());
        for (Mention mention : survey.mentions(target.name())) {
            Place place = new Place(mention.file(), mention.line());
            if (named.add(place) && references.size() < running.size() + MAX_REFERENCES) {
                references.add(mention(target, place));
            }
        }
        references.sort(Comparator.comparing(r -> !r.executes()));
        return references;
    }

    private static Edge livelier(Edge one, Edge other) {
        return one.disabled().isPresent() ? other : one;
    }

    /** When the places of the chains are run. */
    private static Map<Place, String> triggers(List<AutomationChain> told) {
        Map<Place, String> triggers = new HashMap<>();
        for (AutomationChain chain : told) {
            String when = String.join(
                    ", ", chain.triggers().stream().map(Object::toString).toList());
            chain.links().forEach(l -> triggers.putIfAbsent(new Place(l.file(), l.line()), when));
        }
        return triggers;
    }

    private AutomationReference running(Target target, Place place, Edge edge, Map<Place, String> triggers) {
        boolean executes = edge.disabled().isEmpty();
        String trigger = edge.disabled()
                .map(d -> "never: " + d)
                .orElseGet(() -> triggers.getOrDefault(place, "when " + place.file + " runs"));
        String says = executes ? "runs it: " + trigger : "would run it, but never does";
        return new AutomationReference(
                place.file,
                place.line,
                executes,
                trigger,
                notes.line(place.file, place.line),
                notes.record(notes.named(target), executes, place.file, place.line, says));
    }

    private AutomationReference mention(Target target, Place place) {
        boolean document = TextFiles.isDocument(place.file);
        return new AutomationReference(
                place.file,
                place.line,
                false,
                document ? "never: a document" : "never: it is only named",
                notes.line(place.file, place.line),
                notes.record(notes.named(target), false, place.file, place.line, "only mentions it"));
    }

    /** What is asked about, in the order of its names. */
    static Collection<Target> inOrder(Collection<Target> targets) {
        Map<String, Target> byName = new TreeMap<>();
        targets.forEach(t -> byName.merge(t.name(), t, Target::and));
        return byName.values();
    }
}
