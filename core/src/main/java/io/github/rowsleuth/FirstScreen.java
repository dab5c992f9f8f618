package io.github.rowsleuth;

import io.github.rowsleuth.hypothesis.Argument;
import io.github.rowsleuth.hypothesis.Confidence;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.Suspect;
import io.github.rowsleuth.preservation.Proposal;
import io.github.rowsleuth.prevention.Recommendation;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.recovery.RecoveryOption;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What somebody frightened reads: no more than a screen, whatever was found. What does not fit is counted here. */
final class FirstScreen {

    private static final int MOST_GAPS = 8;
    private static final int GAP = 100;
    private static final int SHORT_REMEDY = 60;
    /** So many explanations are shown; the others stand among the suspects. */
    static final int MOST_EXPLANATIONS = 3;

    private static final int MOST_SUSPECTS = 5;
    private static final int REASONS = 200;
    private static final int MOST_PRESSING = 3;
    private static final int MOST_COMMANDS = 2;
    private static final int MOST_WAYS = 3;
    private static final int MOST_CHANGES = 3;
    private static final int MOST_TARGETS = 3;

    private final Findings findings;
    private final Story story;
    private final List<Hypothesis> how;

    FirstScreen(Findings findings, Story story) {
        this.findings = findings;
        this.story = story;
        this.how = story.how();
    }

    void writeTo(TextLayout out) {
        int gaps = findings.gaps().size();
        out.headline(story.headline(), "coverage: " + counted(gaps, "gap"));
        out.entry("What", story.what());
        story.when().ifPresent(when -> out.entry("When", when));
        gaps(out);
        findings.circumstances().forEach(c -> out.entry("Server", c.claim()));
        how.stream().limit(MOST_EXPLANATIONS).forEach(best -> how(best, out));
        if (how.size() > MOST_EXPLANATIONS) {
            out.entry("How", how.size() - MOST_EXPLANATIONS + " more, below");
        }
        if (story.best().isPresent() || !story.lost().isEmpty()) {
            out.entry("By", story.by());
        }
        suspects("Not by", Confidence.RULED_OUT, out);
        suspects("Leads", Confidence.POSSIBLE, out);
        now(out);
        back(out);
        prevent(out);
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** What could not be seen, before what was concluded; the remedies in full come with the details. */
    private void gaps(TextLayout out) {
        List<Gap> gaps = findings.gaps();
        if (gaps.isEmpty()) {
            return;
        }
        String first = gaps.stream().limit(MOST_GAPS).map(FirstScreen::gap).collect(Collectors.joining(" · "));
        int more = gaps.size() - MOST_GAPS;
        out.entry("Gaps", first + (more > 0 ? " · and " + more + " more below" : ""));
    }

    private static String gap(Gap gap) {
        String remedy = gap.remedy().length() <= SHORT_REMEDY ? " (" + gap.remedy() + ")" : "";
        return cut(gap.missing()) + remedy;
    }

    private static String cut(String text) {
        if (text.length() <= GAP) {
            return text;
        }
        int blank = text.lastIndexOf(' ', GAP);
        return text.substring(0, blank < GAP / 2 ? GAP : blank) + " …";
    }

    private static void how(Hypothesis best, TextLayout out) {
        out.entry("How", best.confidence() + " " + best.cause() + ": " + best.claim());
        best.nextCheck().ifPresent(check -> out.entry("Next", check));
    }

    private void suspects(String label, Confidence confidence, TextLayout out) {
        List<Hypothesis> all = story.ofConfidence(confidence).stream()
                .filter(h -> !how.contains(h))
                .toList();
        all.stream().limit(MOST_SUSPECTS).forEach(h -> out.entry(label, suspect(h)));
        int more = all.size() - MOST_SUSPECTS;
        if (more > 0) {
            out.entry(label, more + " more, below");
        }
    }

    private static String suspect(Hypothesis hypothesis) {
        boolean ruledOut = hypothesis.confidence() == Confidence.RULED_OUT;
        String doubts =
                ruledOut || hypothesis.contradicting().isEmpty() ? "" : "; but " + reasons(hypothesis.contradicting());
        return hypothesis.claim()
                + hypothesis.suspect().map(FirstScreen::origin).orElse("") + "  "
                + hypothesis.confidence().name().replace('_', ' ') + ": "
                + reasons(ruledOut ? hypothesis.contradicting() : hypothesis.supporting())
                + doubts;
    }

    private static String origin(Suspect suspect) {
        String introduced = suspect.introduced()
                .map(change -> " ("
                        + change.commit().authored().atOffset(ZoneOffset.UTC).toLocalDate() + ", "
                        + change.commit().shortId() + ")")
                .orElse("");
        return introduced
                + suspect.automation().map(s -> ", " + Story.standing(s)).orElse("");
    }

    /** As many as there is room for, the shortest first: they say most in it. */
    private static String reasons(List<Argument> all) {
        List<Argument> arguments = all.stream()
                .sorted(Comparator.comparingInt(a -> a.text().length()))
                .toList();
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (Argument argument : arguments) {
            if (shown > 0 && text.length() + argument.text().length() > REASONS) {
                break;
            }
            text.append(shown++ == 0 ? "" : "; ").append(argument.text());
        }
        int more = arguments.size() - shown;
        return text + (more > 0 ? "; " + counted(more, "more reason") + " below" : "");
    }

    /** Only what presses most; the rest would bury it. */
    private void now(TextLayout out) {
        List<Proposal> proposals = findings.preservation().proposals();
        proposals.stream().limit(MOST_PRESSING).forEach(p -> out.entry("Now", proposal(p)));
        more(proposals.size() - MOST_PRESSING, "Now", "proposals, with privilege and evidence of each,", out);
    }

    private static void more(int number, String label, String what, TextLayout out) {
        if (number > 0) {
            out.entry(label, number + " more " + what + " are in the JSON report");
        }
    }

    private static String proposal(Proposal proposal) {
        String commands = proposal.commands().isEmpty() ? "" : ": " + few(proposal.commands());
        String undo = proposal.undo().isEmpty() ? "" : " Undo: " + few(proposal.undo()) + ".";
        return proposal.action() + commands + ". Lasts: " + proposal.expiry() + "." + undo;
    }

    private static String few(List<String> commands) {
        int more = commands.size() - MOST_COMMANDS;
        return commands.stream().limit(MOST_COMMANDS).collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more in the JSON report" : "");
    }

    private void back(TextLayout out) {
        List<RecoveryOption> ways = findings.recovery().options().stream()
                .filter(o -> o.feasibility() != RecoveryOption.Feasibility.RULED_OUT)
                .toList();
        ways.stream().limit(MOST_WAYS).forEach(way -> out.entry("Back", back(way)));
        more(ways.size() - MOST_WAYS, "Back", "ways", out);
    }

    private static String back(RecoveryOption option) {
        String returns = option.returns().stream()
                .map(r -> r.table() + r.rows().map(n -> " " + n).orElse(""))
                .collect(Collectors.joining(", "));
        return words(option.way().name())
                + option.source().map(s -> " " + s).orElse("")
                + ", " + words(option.feasibility().name()) + ": " + option.reason()
                + (returns.isEmpty() ? "" : ". Brings back " + returns)
                + option.target()
                        .map(t -> ". " + String.join("; ", t.settings()))
                        .orElse("")
                + option.expiry().map(e -> ". Until " + e).orElse("");
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** One change for several tables is said once. */
    private void prevent(TextLayout out) {
        Map<String, List<String>> changes = new LinkedHashMap<>();
        for (Recommendation r : findings.prevention().recommendations()) {
            changes.computeIfAbsent(r.change() + "; " + r.prevents(), c -> new ArrayList<>())
                    .add(r.target());
        }
        changes.entrySet().stream()
                .limit(MOST_CHANGES)
                .forEach(c -> out.entry("Prevent", targets(c.getValue()) + ": " + c.getKey()));
        more(changes.size() - MOST_CHANGES, "Prevent", "changes", out);
    }

    private static String targets(List<String> targets) {
        int more = targets.size() - MOST_TARGETS;
        return targets.stream().limit(MOST_TARGETS).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
