package io.github.rowsleuth;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.hypothesis.Argument;
import io.github.rowsleuth.hypothesis.Confidence;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.Suspect;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The whole story: first one screen, the gaps before any conclusion, then every detail with its evidence. */
final class TextReport {

    private final Findings findings;
    private final Story story;
    private final AutomationLines automation;
    private final TextLayout out = new TextLayout();

    TextReport(Findings findings) {
        this.findings = findings;
        this.story = new Story(findings);
        this.automation = new AutomationLines(findings);
    }

    String text() {
        new FirstScreen(findings, story).writeTo(out);
        TransactionLines transactions = new TransactionLines(findings);
        if (!transactions.isEmpty()) {
            transactions.writeTo(out);
        }
        gaps();
        suspects();
        automation.writeTo(out);
        tables();
        out.section("Probes");
        findings.outcomes().forEach(this::outcome);
        out.section("Evidence");
        Set<EvidenceId> cited = cited();
        findings.evidence().stream().filter(e -> cited.contains(e.id())).forEach(this::evidence);
        return out.toString();
    }

    private void gaps() {
        if (findings.gaps().isEmpty()) {
            return;
        }
        out.section("Gaps");
        for (Gap gap : findings.gaps()) {
            out.entry("-", gap.missing() + ": " + gap.consequence() + ". Remedy: " + gap.remedy());
        }
    }

    private void suspects() {
        List<Hypothesis> how =
                story.how().stream().limit(FirstScreen.MOST_EXPLANATIONS).toList();
        List<Hypothesis> others = story.ofConfidence(Confidence.RULED_OUT, Confidence.POSSIBLE).stream()
                .filter(h -> !how.contains(h))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        out.section("Suspects");
        others.forEach(this::suspect);
    }

    private void suspect(Hypothesis hypothesis) {
        boolean ruledOut = hypothesis.confidence() == Confidence.RULED_OUT;
        List<Argument> reasons = ruledOut ? hypothesis.contradicting() : hypothesis.supporting();
        out.entry(
                ruledOut ? "Ruled out" : "Possible",
                hypothesis.claim()
                        + hypothesis.suspect().map(this::origin).orElse("") + ": "
                        + texts(reasons)
                        + (ruledOut || hypothesis.contradicting().isEmpty()
                                ? ""
                                : "; but " + texts(hypothesis.contradicting())));
    }

    private static String texts(List<Argument> arguments) {
        return arguments.stream().map(Argument::text).collect(Collectors.joining("; "));
    }

    private String origin(Suspect suspect) {
        String introduced = suspect.introduced().map(TextReport::commit).orElse("");
        String standing =
                suspect.automation().map(s -> ", " + Story.standing(s)).orElse("");
        return introduced + standing + automation.of(suspect.name());
    }

    private static String commit(FileChange change) {
        return " (introduced " + change.commit().authored() + " in "
                + change.commit().shortId() + " by " + change.commit().author() + ")";
    }

    private void tables() {
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
