package io.github.rowsleuth;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.hypothesis.Argument;
import io.github.rowsleuth.hypothesis.Confidence;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.Suspect;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.preservation.Proposal;
import io.github.rowsleuth.prevention.Recommendation;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.ScriptAutomation;
import io.github.rowsleuth.recovery.RecoveryOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The whole story: first one screen, the gaps before any conclusion, then every detail with its evidence. */
final class TextReport {

    private static final int MOST_PRESSING = 3;
    private static final int MOST_COMMANDS = 2;

    private final Findings findings;
    private final Story story;
    private final List<Hypothesis> how;
    private final AutomationLines automation;
    private final TextLayout out = new TextLayout();

    TextReport(Findings findings) {
        this.findings = findings;
        this.story = new Story(findings);
        this.how = story.how();
        this.automation = new AutomationLines(findings);
    }

    String text() {
        int gaps = findings.gaps().size();
        out.headline(story.headline(), "coverage: " + gaps + (gaps == 1 ? " gap" : " gaps"));
        out.entry("What", story.what());
        story.when().ifPresent(when -> out.entry("When", when));
        gaps();
        findings.circumstances().forEach(c -> out.entry("Server", c.claim()));
        how.forEach(this::how);
        if (story.best().isPresent() || !story.lost().isEmpty()) {
            out.entry("By", story.by());
        }
        hypotheses("Not by", Confidence.RULED_OUT);
        hypotheses("Leads", Confidence.POSSIBLE);
        now();
        back();
        prevent();
        details();
        return out.toString();
    }

    /** Only what presses most; the rest would bury it. */
    private void now() {
        List<Proposal> proposals = findings.preservation().proposals();
        proposals.stream().limit(MOST_PRESSING).forEach(p -> out.entry("Now", proposal(p)));
        int more = proposals.size() - MOST_PRESSING;
        if (more > 0) {
            out.entry("Now", more + " more proposals, with privilege and evidence of each, are in the JSON report");
        }
    }

    private void back() {
        for (RecoveryOption option : findings.recovery().options()) {
            if (option.feasibility() != RecoveryOption.Feasibility.RULED_OUT) {
                out.entry("Back", back(option));
            }
        }
    }

    private void prevent() {
        List<Recommendation> all = findings.prevention().recommendations();
        all.stream()
                .limit(MOST_PRESSING)
                .forEach(r -> out.entry("Prevent", r.target() + ": " + r.change() + "; " + r.prevents()));
        int more = all.size() - MOST_PRESSING;
        if (more > 0) {
            out.entry("Prevent", more + " more changes are in the JSON report");
        }
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

    private void gaps() {
        for (Gap gap : findings.gaps()) {
            out.entry("Gap", gap.missing() + ": " + gap.consequence() + ". Remedy: " + gap.remedy());
        }
    }

    private void how(Hypothesis best) {
        out.entry("How", best.confidence() + " " + best.cause() + ": " + best.claim());
        best.nextCheck().ifPresent(check -> out.entry("Next", check));
    }

    private void hypotheses(String label, Confidence confidence) {
        for (Hypothesis hypothesis : story.ofConfidence(confidence)) {
            if (how.contains(hypothesis)) {
                continue;
            }
            List<Argument> reasons =
                    confidence == Confidence.RULED_OUT ? hypothesis.contradicting() : hypothesis.supporting();
            out.entry(
                    label,
                    hypothesis.claim()
                            + hypothesis.suspect().map(this::origin).orElse("") + "  "
                            + hypothesis.confidence().name().replace('_', ' ') + ": "
                            + reasons.stream().map(Argument::text).collect(Collectors.joining("; "))
                            + doubts(hypothesis));
        }
    }

    private static String doubts(Hypothesis hypothesis) {
        boolean ruledOut = hypothesis.confidence() == Confidence.RULED_OUT;
        return ruledOut || hypothesis.contradicting().isEmpty()
                ? ""
                : "; but "
                        + hypothesis.contradicting().stream()
                                .map(Argument::text)
                                .collect(Collectors.joining("; "));
    }

    private String origin(Suspect suspect) {
        String introduced = suspect.introduced().map(TextReport::commit).orElse("");
        String standing = suspect.automation().map(TextReport::standing).orElse("");
        return introduced + standing + automation.of(suspect.name());
    }

    private static String commit(FileChange change) {
        return " (introduced " + change.commit().authored() + " in "
                + change.commit().shortId() + " by " + change.commit().author() + ")";
    }

    private static String standing(ScriptAutomation.Standing standing) {
        return switch (standing) {
            case RUN_BY_AUTOMATION -> ", run by automation";
            case ON_DEMAND -> ", run by commands that a person types, and by no automation found";
            case DISABLED -> ", its automation is disabled";
            case MENTIONED -> ", mentioned but run by no automation found";
            case NOT_FOUND -> ", run by no automation found";
        };
    }

    private void details() {
        TransactionLines transactions = new TransactionLines(findings);
        if (!transactions.isEmpty()) {
            transactions.writeTo(out);
        }
        automation.writeTo(out);
        out.section("Tables");
        for (TableFate fate : findings.fates()) {
            out.entry(
                    fate.fate().name(),
                    fate.table() + ": " + String.join("; ", fate.decidedBy())
                            + (fate.ambiguities().isEmpty()
                                    ? ""
                                    : " (can not be told from: " + String.join("; ", fate.ambiguities()) + ")")
                            + (fate.remarks().isEmpty() ? "" : " [" + String.join("; ", fate.remarks()) + "]"));
        }
        out.section("Probes");
        findings.outcomes().forEach(this::outcome);
        out.section("Evidence");
        Set<EvidenceId> cited = cited();
        findings.evidence().stream().filter(e -> cited.contains(e.id())).forEach(this::evidence);
    }

    private void outcome(ProbeOutcome<?> outcome) {
        String searched = outcome.notes()
                .coverage()
                .map(c -> ", " + c.extent().name().toLowerCase(java.util.Locale.ROOT) + ": " + c.detail())
                .orElse("");
        out.entry(
                outcome.status().name(),
                outcome.probe() + searched + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason()));
    }

    private Set<EvidenceId> cited() {
        Set<EvidenceId> cited = new TreeSet<>();
        findings.fates().stream().filter(TableFate::partOfLoss).forEach(f -> cited.addAll(f.evidence()));
        for (Hypothesis hypothesis : findings.hypotheses()) {
            hypothesis.supporting().forEach(a -> cited.addAll(a.evidence()));
            hypothesis.contradicting().forEach(a -> cited.addAll(a.evidence()));
        }
        return cited;
    }

    private void evidence(Evidence evidence) {
        String moment = evidence.moment().toString();
        out.line(evidence.id() + "  " + evidence.observation().summary()
                + (moment.equals("unknown") ? "" : ", " + moment) + "  [" + evidence.provenance() + "]");
        evidence.excerpt().ifPresent(e -> out.line("    " + e.text()));
    }
}
